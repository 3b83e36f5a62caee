"""Table of invalid-property."""

import json

from processor.rules.expected import Expected, JsonSchema, PropertySpec
from tests.tables import Row, table


def types(kinds: dict[str, str]) -> Expected:
    return Expected({name: PropertySpec(type=kind) for name, kind in kinds.items()})


def specs(**properties: dict[str, object]) -> dict[str, Expected]:
    return {"expected": Expected({name: PropertySpec(**spec) for name, spec in properties.items()})}


def obsidian(**kinds: str) -> dict[str, Expected]:
    return {"expected": Expected(obsidian=kinds)}


def schema(**contents: object) -> dict[str, Expected]:
    return {"expected": Expected(schema=JsonSchema("s.json", json.dumps(contents)))}


def properties(**contents: object) -> dict[str, Expected]:
    return schema(properties=contents)


STATUS = specs(status={"values": ("draft", "in review", "done", 3, True)})
NESTED = properties(
    source={"type": "object", "properties": {"name": {}, "year": {"type": "integer"}, "people": {"items": {"pattern": "^[A-Z]"}}},
            "required": ["name"], "additionalProperties": False},
)  # fmt: skip

test = table(
    "invalid-property",
    Row("a tag", "---\ntags: «ai»\n---\n", fixed="---\ntags: [ai]\n---\n", message="only from a list"),
    Row("tags with commas", "---\ntags: «ai, open weights»  # c\n---\n", fixed="---\ntags: [ai, open, weights]  # c\n---\n"),
    Row("tags in quotes", '---\ntags: «"ai, #x"»\n---\n', fixed='---\ntags: [ai, "#x"]\n---\n'),
    Row("a number for a tag", "---\ntags: «2024»\n---\n", message="digits alone"),
    Row("numbers in a list of tags", "---\ntags: [«2024», ai, '«1984»', «1.5»]\n---\n", message="Obsidian knows no tag"),
    Row("a tag of two words", '---\ntags: ["«two words»", open-weights, a/b, x_y, 3d, "#ok", «#2024»]\n---\n'.replace("«#2024»", '"«#2024»"')),
    Row("a tag of two words in a block", "---\ntags:\n  - «two words»\n  - ok\n---\n", message="a space"),
    Row("a comma in a tag", '---\ntags: ["«a,b»", c]\n---\n', unsafe="---\ntags: [a, b, c]\n---\n", message="can hold a ,"),
    Row("a comma in a tag, in a block", "---\ntags:\n  - «a, b»\n---\n"),
    Row("a comma behind a tag, in a block", "---\ntags:\n  - «a,»\n  - b\n---\n", fixed="---\ntags:\n  - a\n  - b\n---\n"),
    Row("punctuation in a tag", "---\ntags: [«C++», «v1.2», «a:b», ok]\n---\n", message="none can hold"),
    Row("a no-break space before a tag", '---\ntags: ["«\xa0ai»"]\n---\n', fixed="---\ntags: [ai]\n---\n", message="a space"),
    Row("letters of any script", "---\ntags: [日本, été, 🎬, год2024]\n---\n"),
    Row("tags of a template", '---\ntags: ["{{topic}}", "<% tp.file.title %>"]\n---\n'),
    Row("a list indented by no-break spaces", "---\ntags:\n «\xa0- a\n \xa0- b»\n---\n", fixed="---\ntags:\n  - a\n  - b\n---\n", message="no-break"),
    Row("a dash on the line of its name", "---\ntags: «\xa0- a»\n---\n", unsafe="---\ntags: [a]\n---\n"),
    Row("an exclamation mark", "---\ntitle: «!important note»\n---\n", fixed='---\ntitle: "!important note"\n---\n', message='only "note" is read'),
    Row("an ampersand", "---\ntitle: «&now and then»  # c\n---\n", fixed='---\ntitle: "&now and then"  # c\n---\n', message="an anchor"),
    Row("an exclamation mark, and a hash", "---\ntitle: «!Talk 7 #42»\n---\n", unsafe='---\ntitle: "!Talk 7 #42"\n---\n'),
    Row("a mark and nothing else", "---\na: «!important»\nb: «&now»\nc: «!»\n---\n", fixed='---\na: "!important"\nb: "&now"\nc: "!"\n---\n', message="nothing is read"),
    Row("marks and a number", "---\na: «&top 10»\nb: «!x &y 5»\n---\n", fixed='---\na: "&top 10"\nb: "!x &y 5"\n---\n'),
    Row("a mark alone", "---\na: «! note»\n---\n", fixed='---\na: "! note"\n---\n'),
    Row("marks in lists", "---\na:\n  - «!x y»\n  - «&a b»\n  - «!z»\nb: [«!a b», «!f», c, «&d e»]\n---\n",
        fixed='---\na:\n  - "!x y"\n  - "&a b"\n  - "!z"\nb: ["!a b", "!f", c, "&d e"]\n---\n'),
    Row("marks in mappings", "---\na:\n  b: «!x y»\n  c: [«&d e»]\nf: {g: «!h i»}\n---\n", fixed='---\na:\n  b: "!x y"\n  c: ["&d e"]\nf: {g: "!h i"}\n---\n'),
    Row("a mark below its name", "---\na:\n  «!x y»\n---\n", fixed='---\na:\n  "!x y"\n---\n'),
    Row("a mark before quotes", '---\na: «!x "y z"»\n---\n', unsafe="---\na: '!x \"y z\"'\n---\n"),
    Row("marks that are meant", "---\na: &x y\nb: *x\nc: !!str 5\nd: &l [1, 2]\ne: [*l, &k v, *k]\nf: !x [a]\ng: !<x> y\n---\n"),
    Row("quoted marks, and marks inside", "---\na: '!x y'\nb: \"&x y\"\nc: Q&A\nd: R & D!\ne: hey !x y\nf: ['!x y', a &b c]\n---\n"),
    Row("an alias that is cut", "---\naliases:\n  - Talk «#42»\n  - Talk «#x y»\n  - Talk # a comment\n---\n",
        fixed='---\naliases:\n  - "Talk #42"\n  - Talk #x y\n  - Talk # a comment\n---\n', unsafe='---\naliases:\n  - "Talk #42"\n  - "Talk #x y"\n  - Talk # a comment\n---\n'),
    Row("an alias", "---\naliases: «Free weights»\n---\n", fixed="---\naliases: [Free weights]\n---\n"),
    Row("aliases with a comma", "---\naliases: «Weights, Inc.»\n---\n", unsafe="---\naliases: [Weights, Inc.]\n---\n"),
    Row("classes", "---\ncssclasses: «wide dark»\n---\n", fixed="---\ncssclasses: [wide, dark]\n---\n"),
    Row("a mapping", "---\ntags: «{a: b}»\n---\n", message="mapping"),
    Row("a number in a list", "---\naliases: [a, «1984»]\n---\n", fixed='---\naliases: [a, "1984"]\n---\n', message="number"),
    Row("a truth value in a list", "---\ntags:\n- «true»\n- x\n---\n", fixed='---\ntags:\n- "true"\n- x\n---\n'),
    Row("a list in a list", "---\ntags: [«[a, b]», c]\n---\n"),
    Row("tags with hashes", "---\ntags: «#ai #weights»\n---\n", fixed="---\ntags: [ai, weights]\n---\n", message="comment"),
    Row("a hash in a list of tags", "---\ntags:\n  - «#ai»\n  - x\n---\n", fixed="---\ntags:\n  - ai\n  - x\n---\n"),
    Row("a hash in a list of aliases", "---\naliases:\n  - «#1»\n---\n", fixed='---\naliases:\n  - "#1"\n---\n'),
    Row("a link without quotes", "---\nchannel: «[[hub]]»\n---\n", fixed='---\nchannel: "[[hub]]"\n---\n', message="no link"),
    Row("links without quotes in a list", "---\nrelated:\n  - «[[a#b|c]]»\n  - '[[d]]'\n---\n", fixed="---\nrelated:\n  - \"[[a#b|c]]\"\n  - '[[d]]'\n---\n"),
    Row("links without quotes in brackets", "---\nrelated: [«[[a]]», «[[b]]»]\n---\n", fixed='---\nrelated: ["[[a]]", "[[b]]"]\n---\n'),
    Row("a link with a comma", "---\nchannel: «[[a, b]]»\n---\n", unsafe='---\nchannel: "[[a, b]]"\n---\n'),
    Row("a title that is a comment", "---\ntitle: «#1 thing»\n---\n", fixed='---\ntitle: "#1 thing"\n---\n', message="as empty"),
    Row("a title that is cut", "---\ntitle: Talk «#42 on weights»\n---\n", fixed='---\ntitle: "Talk #42 on weights"\n---\n', message='as "Talk"'),
    Row("a title and a comment, perhaps", "---\ntitle: foo «# bar»\n---\n", unsafe='---\ntitle: "foo # bar"\n---\n'),
    Row("an empty title and a comment, perhaps", "---\ntitle: «# bar»\nx: y\n---\n", unsafe='---\ntitle: "# bar"\nx: y\n---\n'),
    Row("a title with a hash and quotes", '---\ntitle: The "x" «#1»\n---\n', fixed="---\ntitle: 'The \"x\" #1'\n---\n"),
    Row("another property that is cut, by option", "---\nname: Talk «#42»\n---\n", fixed='---\nname: "Talk #42"\n---\n', options={"titles": ("name",)}),
    Row("a number for a text", "---\nname: «42»\n---\n", fixed='---\nname: "42"\n---\n', context={"expected": types({"name": "text"})}),
    Row("a list for a text", "---\nname: «[a]»\n---\n", context={"expected": types({"name": "text"})}, message="a list"),
    Row("a text for a list", "---\nPeople: «Ann, Bob»\n---\n", fixed='---\nPeople: ["Ann, Bob"]\n---\n', context={"expected": types({"people": "list"})}),
    Row("a number for a list", "---\nyears: «1984»\n---\n", fixed="---\nyears: [1984]\n---\n", context={"expected": types({"years": "list"})}),
    Row("a quoted number", "---\nduration: «'370'»\n---\n", fixed="---\nduration: 370\n---\n", context={"expected": types({"duration": "number"})}),
    Row("no number", "---\nduration: «6:10»\n---\n", context={"expected": types({"duration": "number"})}, message="a text"),
    Row("true for a number", "---\nduration: «true»\n---\n", context={"expected": types({"duration": "number"})}, message="true or false"),
    Row("a quoted truth value", '---\ndone: «"true"»\n---\n', fixed="---\ndone: true\n---\n", context={"expected": types({"done": "checkbox"})}),
    Row("yes", "---\ndone: «yes»\n---\n", unsafe="---\ndone: true\n---\n", context={"expected": types({"done": "checkbox"})}),
    Row("a number for a checkbox", "---\ndone: «1»\n---\n", context={"expected": types({"done": "checkbox"})}, message="a number"),
    Row("an impossible date", "---\ndate: «2024-02-30»\n---\n", context={"expected": types({"date": "date"})}, message="no such day"),
    Row("no date", "---\ndate: «yesterday»\n---\n", context={"expected": types({"date": "date"})}, message="a text"),
    Row("a date for a date and time", "---\ndate: «2024-02-29»\n---\n", context={"expected": types({"date": "datetime"})}),
    Row("another value", "---\nstatus: «lost»\n---\n", context=STATUS, message='must be "draft", "in review", "done", 3 or true'),
    Row("a value in another case", "---\nStatus: «DRAFT»  # c\n---\n", fixed="---\nStatus: draft  # c\n---\n", context=STATUS),
    Row("a value with other separators", "---\nstatus: '«in_review»'\n---\n", fixed="---\nstatus: in review\n---\n", context=STATUS),
    Row("a number in quotes", '---\nstatus: "«3»"\n---\n', fixed="---\nstatus: 3\n---\n", context=STATUS),
    Row("a slip", "---\nstatus: «darft»\n---\n", context=STATUS, message='; did you mean "draft"?'),
    Row("1 is not true", "---\nstatus: «1»\n---\n", context=specs(status={"values": (True,)})),
    Row("two values that differ by case", "---\nstatus: «Draft»\n---\n", context=specs(status={"values": ("draft", "DRAFT")})),
    Row("values in a list", "---\nstatus: [done, «'Draft'», «x»]\n---\n".replace("«'Draft'»", "'«Draft»'"), fixed="---\nstatus: [done, draft, x]\n---\n", context=STATUS),
    Row("values in a block", '---\nstatus:\n  - «In Review»\n  - "«Done»"\n---\n', fixed="---\nstatus:\n  - in review\n  - done\n---\n", context=STATUS),
    Row("a value that must be quoted", "---\nstatus: «YES»\n---\n", fixed='---\nstatus: "yes"\n---\n', context=specs(status={"values": ("yes", "no")})),
    Row("a tag that may not be", "---\ntags: [ai, «cats»]\n---\n", context=specs(tags={"values": ("ai",)})),
    Row("right values", "---\nstatus: done\n---\n", context=STATUS),
    Row("no value, and an empty one", "---\nstatus:\nx: y\n---\n", context=STATUS),
    Row("a pattern", "---\nisbn: «97»\n---\n", context=specs(isbn={"pattern": "[0-9]{13}"}), message="must match the pattern [0-9]{13}"),
    Row("a pattern is for the whole value", "---\nisbn: «x9780306406157»\n---\n", context=specs(isbn={"pattern": "[0-9]{13}"})),
    Row("a pattern for a number as it is written", "---\nisbn: 0978030640615\n---\n", context=specs(isbn={"pattern": "[0-9]{13}"})),
    Row("a pattern for entries", "---\nisbn: [9780306406157, «12»]\n---\n", context=specs(isbn={"pattern": "[0-9]{13}"})),
    Row("of type and pattern the type", "---\nisbn: «x»\n---\n", context=specs(isbn={"type": "number", "pattern": "[0-9]{13}"}), message="a number"),
    Row("Obsidian's number", '---\nRating: «"4"»\n---\n', fixed="---\nRating: 4\n---\n", context=obsidian(rating="number"), message="by .obsidian/types.json"),
    Row("Obsidian's text", "---\na: «[x]»\nb: 4\n---\n", context=obsidian(a="text", b="text")),
    Row("Obsidian's date", "---\na: 2024-02-29T10:00\nb: 2024-02-29\nc: «soon»\nd: «2024-02-30»\n---\n", context=obsidian(a="date", b="datetime", c="date", d="date")),
    Row("Obsidian's list", "---\na: x\nb: «{x: y}»\n---\n", context=obsidian(a="list", b="list")),
    Row("Obsidian's types do not count", '---\nrating: "4"\n---\n', context=obsidian(rating="number"), options={"obsidian_types": False}),
    Row("the configuration before Obsidian", "---\nrating: good\n---\n", context={"expected": Expected({"rating": PropertySpec("text")}, {"rating": "number"})}),
    Row("a type by schema", '---\na: «"3"»\nb: 3\n---\n', fixed="---\na: 3\nb: 3\n---\n", context=properties(a={"type": "integer"}, b={"type": "integer"}), message='"a" must be a whole number, and this is a text'),
    Row("no whole number", '---\na: «"3.5"»\n---\n', context=properties(a={"type": "integer"})),
    Row("several types", "---\na: «3»\n---\n", context=properties(a={"type": ["string", "null"]}), message='"a" must be a text or empty, and this is a number'),
    Row("a type by schema, under a name in another case", '---\nA: «"3"»\nB: {c: «"x"»}\n---\n', fixed='---\nA: 3\nB: {c: "x"}\n---\n', context=properties(a={"type": "integer"}, b={"properties": {"c": {"type": "integer"}}})),
    Row("a key in another case is none too many", "---\nA: 1\n---\n", context=schema(properties={"a": {}}, additionalProperties=False)),
    Row("values by schema", "---\na: «Draft»\nb: [«Done», x]\n---\n", fixed="---\na: draft\nb: [done, x]\n---\n",
        context=properties(a={"enum": ["draft"]}, b={"items": {"enum": ["done", "x"]}}), message="must be"),
    Row("a constant, a pattern, a format", "---\na: «1»\nb: «x»\nc: «2024-02-30»\n---\n", context=properties(a={"const": 2}, b={"pattern": "^y"}, c={"format": "date"}), message="must"),
    Row("another keyword", "---\na: «3»\n---\n", context=properties(a={"minimum": 5}), message='"a": 3 is less than the minimum of 5'),
    Row("a nested value", "---\nsource: {name: n, year: «'x'», people: [Ann, «bob»]}\n---\n", context=NESTED, message='"source.'),
    Row("a nested value in a block", "---\nsource:\n  name: n\n  people:\n    - Ann\n    - «bob»\n---\n", context=NESTED, message='"source.people.1" must match'),
    Row("a nested key too many", "---\nsource:\n  name: n\n  «yaer»: 3\n---\n", context=NESTED, message='no property "source.yaer"; did you mean "year"?'),
    Row("a nested key too few", "---\n«source»:\n  year: 3\n---\n", context=NESTED, message='"source" lacks "name"'),
    Row("a key too many", "---\na: 1\n«b»: 2\n---\n", context=schema(properties={"a": {}}, additionalProperties=False), message='knows no property "b"'),
    Row("a key unevaluated", "---\na: 1\n«b»: 2\n---\n", context=schema(allOf=[{"properties": {"a": {}}}], unevaluatedProperties=False), message='knows no property "b"'),
    Row("a key's name", "---\na: 1\n«Bb»: 2\n---\n", context=schema(propertyNames={"pattern": "^[a-z]+$"}), message='"Bb" must match'),
    Row("a property of that name", "---\npropertyNames: «x»\n---\n", context=properties(propertyNames={"pattern": "^y"}), message='"propertyNames" must match'),
    Row("a key that asks for another", "---\n«a»: 1\n---\n", context=schema(dependentRequired={"a": ["b"]}), message="'b' is a dependency of 'a'"),
    Row("a key that may not be", "---\na: «1»\n---\n", context=properties(a=False), message='"a" is not allowed'),
    Row("a key that must not be empty", "---\n«a»:\nb: c\n---\n", context=properties(a={"type": "string"}), message="this is nothing"),
    Row("too few keys", "«---»\na: 1\n---\n", context=schema(minProperties=2), message="the front matter: ", containers=False),
    Row("a condition", "«---»\na: 1\n---\n", context=schema(**{"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}}), message='the front matter lacks "b"', containers=False),
    Row("a choice: the branch most to the point", "---\na: {b: «x»}\n---\n", context=properties(a={"anyOf": [{"type": "string"}, {"properties": {"b": {"type": "number"}}}]}), message='"a.b" must be a number'),
    Row("an alias's place", "---\na: &x 1\nb: «*x»\n---\n", context=properties(b={"minimum": 5})),
    Row("what a rule of ours says first", "---\ntags: «ai»\n---\n", fixed="---\ntags: [ai]\n---\n", context=properties(tags={"type": "array"}), message="only from a list"),
    Row("what the schema requires is missing-property's", "---\nx: y\n---\n", context=schema(required=["title"])),
    Row("no front matter is not judged by a schema", "Text.\n", context=schema(minProperties=2), properties=False),
    Row("a schema that is met", "---\ntitle: x\ndate: 2024-02-29\n---\n", context=properties(title={"type": "string"}, date={"type": "string", "format": "date"})),
    Row("a schema without end", "«---»\na: {a: 1}\n---\n", context=schema(properties={"a": {"$ref": "#/$defs/a"}}, **{"$defs": {"a": {"$ref": "#/$defs/a"}}}), message="without end", containers=False),
    Row("right lists", "---\ntags: [ai, open-weights]\naliases:\n  - Free weights\n  - '1984'\ncssclasses: []\n---\n"),
    Row("empty ones", "---\ntags:\naliases: ~\ncssclasses: ''\ntitle: # later\n---\n".replace("title: # later", "x: # later")),
    Row("right types", "---\na: 1\nb: 1.5\nc: true\nd: 2024-02-29\ne: 2024-02-29T10:30:00\nf: x\ng: [1]\nh:\n---\n",
        context={"expected": types({"a": "number", "b": "number", "c": "checkbox", "d": "date", "e": "datetime", "f": "text", "g": "list", "h": "number"})}),
    Row("comments", '---\n# a comment\ncssclasses: [wide]  # a comment\nx: y # a comment\ntitle: "A" # a comment\n---\n'),
    Row("a hash inside", "---\ntitle: C# and F#\n---\n"),
    Row("quoted links", '---\nchannel: "[[hub]]"\nmatrix: [[1, 2], [3, 4]]\n---\n'),
    Row("placeholders", "---\nchannel: {{x}}\n---\n"),
    Row("faulty YAML", "---\ntags: a: b\n---\n"),
)  # fmt: skip
