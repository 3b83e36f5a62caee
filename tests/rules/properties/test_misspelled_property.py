"""Table of misspelled-property."""

from tests.tables import Row, table

test = table(
    "misspelled-property",
    Row("videoID", "---\n«videoID»: Yw2sMd8fRj0\n---\n", unsafe="---\nvideoId: Yw2sMd8fRj0\n---\n", message='"videoId"'),
    Row("video_id", "---\n«video_id»: Yw2sMd8fRj0\n---\n", unsafe="---\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("video id", "---\n«Video Id»: Yw2sMd8fRj0 # c\n---\n", unsafe="---\nvideoId: Yw2sMd8fRj0 # c\n---\n"),
    Row("in quotes", '---\n«"video-id"»: Yw2sMd8fRj0\n---\n', unsafe="---\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("two letters exchanged", "---\n«tilte»: A\n---\n", unsafe="---\ntitle: A\n---\n"),
    Row("a letter missing", "---\n«alises»: [a]\n---\n", unsafe="---\naliases: [a]\n---\n"),
    Row("a letter too many", "---\n«cssclassess»: [a]\n---\n", unsafe="---\ncssclasses: [a]\n---\n"),
    Row("a wrong letter", "---\n«videoIf»: Yw2sMd8fRj0\n---\n", unsafe="---\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("the right one is there too", "---\nvideoId: Yw2sMd8fRj0\n«video_id»: Yw2sMd8fRj0\n---\n"),
    Row("most write it rightly", "---\n«videoID»: Yw2sMd8fRj0\n---\n", unsafe="---\nvideoId: Yw2sMd8fRj0\n---\n",
        notes={"a.md": "---\nvideoId: x\n---\n", "b.md": "---\nvideoId: x\n---\n", "c.md": "---\nvideoID: x\n---\n"}),
    Row("most write it so", "---\nvideo_id: Yw2sMd8fRj0\n---\n",
        notes={"a.md": "---\nvideoId: x\n---\n", "b.md": "---\nvideo_id: x\n---\n", "c.md": "---\nvideo_id: x\n---\n"}),
    Row("both here, and the others write it so", "---\nvideoId: Yw2sMd8fRj0\nvideo_id: Yw2sMd8fRj0\n---\n", notes={"a.md": "---\nvideo_id: x\n---\n"}),
    Row("it is the first of the video properties", "---\nvideo_id: Yw2sMd8fRj0\n---\n", context={"video_properties": ("video_id", "videoId")}),
    Row("a name of your own", "---\n«myvideo»: x\n---\n", unsafe="---\nmyVideo: x\n---\n", context={"video_properties": ("myVideo",)}),
    Row("allowed", "---\nvideo_id: Yw2sMd8fRj0\n---\n", options={"allow": ("video_id",)}),
    Row("a name that is configured", "---\n«durations»: 3\n---\n", unsafe="---\nduration: 3\n---\n", options={"names": ("duration",)}),
    Row("right", "---\ntitle: A\nvideoId: Yw2sMd8fRj0\ntags: [a]\naliases: [b]\n---\n"),
    Row("case in Obsidian's own", "---\nTags: [a]\nAliases: [b]\nCSSclasses: [c]\n---\n"),
    Row("dead ones", "---\ntag: a\nalias: b\ncssclass: c\ncssClass: d\n---\n"),
    Row("other words", "---\nsubtitle: A\nsource: b\nvideo: c\ntabs: d\nid: e\n---\n"),
    Row("two slips", "---\ntittel: A\n---\n"),
)  # fmt: skip
