from tests.tables import Row, table

STAMP = '<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>'

test = table(
    "link-in-html",
    Row("in a block", "<div>\n«[[a|b]]» and «![[c.png]]»\n</div>\n", message="no Markdown is rendered"),
    Row("right below a block", "<details><summary>«[[a]]»</summary>\n«[[b#c]]»\n</details>\n"),
    Row("behind a blank line", "<div>\n\n[[a]]\n\n</div>\n"),
    Row("amid text", "Words <b>[[a]]</b> and <del>[[b]]</del>.\n"),
    Row("in a tag", '<div title="[[a]]">\n«[[b]]»\n</div>\n'),
    Row("in what is no text", "<script>\nlet x = [[1, 2]]; let y = [[a]]\n</script>\n\n<pre>\n[[a]]\n</pre>\n"),
    Row("in code amid text of a block", "<p>\n<code>[[a]]</code> «[[b]]» <!-- [[c]] -->\n</p>\n"),
    Row("stamps and blanks are none", f"<div>\n[[00:06:10]] [[]] [[ ]] {STAMP}\n</div>\n"),
)
