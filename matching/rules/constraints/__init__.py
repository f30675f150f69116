"""What must hold (必須条件), one rule a file. All objections of a pair are collected, not the first."""
