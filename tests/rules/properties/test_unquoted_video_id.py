"""Table of unquoted-video-id."""

from tests.tables import Row, table

test = table(
    "unquoted-video-id",
    Row("digits", "---\nvideoId: «12345678904»\n---\n", fixed='---\nvideoId: "12345678904"\n---\n', message="12345678904"),
    Row("a minus sign", "---\nvideoId: «-1234567890»\n---\n", fixed='---\nvideoId: "-1234567890"\n---\n'),
    Row("octal to some", "---\nvideoId: «01234567012» # c\n---\n", fixed='---\nvideoId: "01234567012" # c\n---\n', message="1234567012"),
    Row("hexadecimal", "---\nvideoId: «0x123456789»\n---\n", fixed='---\nvideoId: "0x123456789"\n---\n', message="4886718345"),
    Row("octal", "---\nvideoId: «0o123456701»\n---\n", fixed='---\nvideoId: "0o123456701"\n---\n'),
    Row("an exponent", "---\nvideoId: «1234e567890»\n---\n", fixed='---\nvideoId: "1234e567890"\n---\n', message="infinity"),
    Row("underscores", "---\nvideoId: «1_234_567_8»\n---\n", fixed='---\nvideoId: "1_234_567_8"\n---\n', message="1.1"),
    Row("binary to some", "---\nvideoId: «0b110011001»\n---\n", fixed='---\nvideoId: "0b110011001"\n---\n', message="1.1"),
    Row("under another name", "---\nsource: «12345678904»\n---\n", fixed='---\nsource: "12345678904"\n---\n'),
    Row("with CJK before it", "---\ntitle: 视频\nvideoId: «12345678904»\n---\n", fixed='---\ntitle: 视频\nvideoId: "12345678904"\n---\n'),
    Row("quoted", "---\nvideoId: \"12345678904\"\nvideo_id: '01234567012'\n---\n"),
    Row("letters", "---\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("a minus sign and a letter", "---\nvideoId: -V7ovjYG2vg\n---\n"),
    Row("an e that is no exponent", "---\nvideoId: 1234567890e\n---\n"),
    Row("not eleven", "---\nvideoId: 1234567890\n---\n"),
    Row("a number elsewhere", "---\nduration: 12345678904\n---\n"),
)  # fmt: skip
