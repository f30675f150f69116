"""One place (支援メニュー) as a colleague reads it before calling, one module a part of the page."""
