"""What somebody can do at home of the things they like (家でできること): small, free, and never a test. Domain §3.6 stage 0.

Only to look at, to choose or to make for oneself: nothing here needs a tool, an outing or an answer, so that no limit
of work, allergy or worry stands against it. A kind of activity without a quiet form at home is absent.
"""

from __future__ import annotations

from collections.abc import Mapping

_PLANTS = "育ててみたい花や野菜を、写真や図かんで選んでみます。植えるのは、ずっと先で大丈夫です。"
_TREES = "木や山の写真集を一冊、見ても見なくてもよいように置いていきます。"
_FOLDING = "折り紙や、折ると小さな箱になる紙を置いていきます。折っても折らなくても大丈夫です。"
_COOKING = "食べてみたい料理を、本や動画で一つ選んでみます。作るのは、気が向いたときで大丈夫です。"
_TIDYING = "引き出し一つだけ、気が向いたときに片づけてみます。途中でやめても大丈夫です。"
_LEARNING = "学びたいことを、1日に1問か1ページだけ。答え合わせは、したくなったときで大丈夫です。"
_COMPUTER = "家にパソコンやスマホがあれば、気になることを一つ調べてみます。見せるのは、見せたくなったときで大丈夫です。"

AT_HOME: Mapping[str, str] = {
    "just_being": "何もしない時間も、そのままで大丈夫です。急に予定を足さないでおきます。",
    "reading_games": "本やゲームの時間を、そのまま大事にします。おもしろかったところは、話したくなったときで十分です。",
    "chatting": "好きな飲みものを、好きな時間にゆっくり一杯。話すのは、したくなったときで大丈夫です。",
    "exercise": "ラジオ体操を、音だけ流してみます。伸びを一つするだけでも十分です。",
    "walking": "窓を開けて、外の風にあたってみます。それだけでも十分です。",
    "light_sports": "好きなスポーツの試合を、家で見てみます。勝ち負けの話は、したくなったときで大丈夫です。",
    "weeding": _PLANTS,
    "planting": _PLANTS,
    "thinning_bagging": _PLANTS,
    "harvesting": _PLANTS,
    "flowers_pruning": _PLANTS,
    "food_prep": _COOKING,
    "animal_care": "動物の写真や動画を見てみます。気に入った一枚は、見せたくなったときで大丈夫です。",
    "forest_bamboo": _TREES,
    "box_assembly": _FOLDING,
    "packing_shipping": _FOLDING,
    "stuffing_labeling": _FOLDING,
    "printing_folding": _FOLDING,
    "cleaning": _TIDYING,
    "repair_woodwork": "こわれた小さな物を一つ、どうなっているのかながめてみます。直すのは、ずっと先で大丈夫です。",
    "handicraft": "毛糸や布を少し、始めても始めなくてもよいように置いていきます。",
    "computer_work": _COMPUTER,
    "digital_help": _COMPUTER,
    "teaching_skills": "得意なことを、紙に一つだけ書いてもらえたらうれしいです。教わるのは、こちらです。",
    "photo_record": "窓から見えるものを、一枚だけ写真にとってみます。見せるのは、見せたくなったときで大丈夫です。",
    "cooking_help": _COOKING,
    "cooking_class": _COOKING,
    "book_shelving": "本だなから好きな一冊を選んで、手もとに置いてみます。読んでも読まなくても大丈夫です。",
    "study_group": _LEARNING,
    "literacy": _LEARNING,
    "certification": _LEARNING,
    "music": "好きな曲を一つ、家で聞いてみます。曲の名前がわかれば、次の手紙に書けます。",
    "art_calligraphy": "紙と色えんぴつを置いていきます。かいてもかかなくても大丈夫です。",
    "craft_class": "小さな工作の材料を一つ、作っても作らなくてもよいように置いていきます。",
    "respite": "休むことも、いまできることの一つです。休み方は、本人にまかせます。",
    "going_out_practice": "気になる道や線路を、地図でたどってみます。出かけるのは、ずっと先で大丈夫です。",
}
"""Activity type to one sentence a coordinator could read aloud."""
