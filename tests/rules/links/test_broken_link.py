from processor.vault import LinkStyle
from tests.tables import Row, table

OPEN = {"open_weights.md": "Weights."}
TITLED = {"talks/ow.md": "---\ntitle: Who'll Own Open Weights?\naliases: [Free models, OW]\n---\n"}
CHANNEL = {
    "mlst/mlst.md": "hub",
    "other/other.md": "hub",
    "mlst/x/a.md": "---\naliases: [Scaling laws]\n---\nFrom: [[mlst]]\n",
    "other/a.md": "---\naliases: [Scaling laws]\n---\nFrom: [[other]]\n",
}

test_broken_link = table(
    "broken-link",
    # what a reader saw stays
    Row("a title for a file name", "See «[[Open Weights]]».", "See [[open_weights|Open Weights]].", notes=OPEN),
    Row("with display text", "See «[[Open-Weights|the weights]]».", "See [[open_weights|the weights]].", notes=OPEN),
    Row("the author's spaces", "«[[ Open weights  |  W ]]»", "[[ open_weights  |  W ]]", notes=OPEN),
    Row("a fragment is kept", "«[[Open Weights#History]]»", "[[open_weights#History|Open Weights > History]]", notes=OPEN),
    Row("a Markdown link in a property", '---\nup: "«[W](Open%20Weights.md#H)»"\n---\n', '---\nup: "[W](open_weights.md#H)"\n---\n', notes=OPEN),
    Row("a Markdown link in a property, and quotes", "---\nup: ['«[it''s](<Who''ll own.md>)»']\n---\n", "---\nup: ['[it''s](<who''ll_own.md>)']\n---\n", notes={"who'll_own.md": ""}),
    Row("the note itself", "«[[My Note]]»", "[[my_note|My Note]]", path="my_note.md"),
    Row(
        "several in a line",
        "«[[Open Weights]]» «[[open-weights]]» [[open_weights]]",
        "[[open_weights|Open Weights]] [[open_weights|open-weights]] [[open_weights]]",
        notes=OPEN,
    ),
    # the tiers
    Row("Unicode form and case", "«[[CAFE\u0301 NOIR]]»", "[[café_noir|CAFE\u0301 NOIR]]", notes={"café_noir.md": ""}),
    Row("a title, without its marks", "«[[Wholl own open weights]]»", "[[ow|Wholl own open weights]]", notes=TITLED),
    Row("an alias", "«[[Free models]]»", "[[ow|Free models]]", notes=TITLED, message="an alias"),
    Row("a short alias is found as it is", "[[ow]] [[oW]]", notes={"x.md": "---\naliases: [OW]\n---\n"}),
    Row("a short name is never folded", "[[C++]] [[c]]", notes={"c#.md": "", "lang/C--.md": ""}),
    Row("a short alias", "«[[C++]]»", "[[cpp|C++]]", notes={"cpp.md": "---\naliases: [C++]\n---\n"}),
    Row(
        "without separators, in the same folder",
        "«[[humanrobot teams]]»",
        "[[human_robot_teams|humanrobot teams]]",
        path="a/n.md",
        notes={"a/human_robot_teams.md": ""},
    ),
    Row(
        "the same folder first",
        "«[[Scaling Laws]]»",
        "[[a/scaling_laws|Scaling Laws]]",
        path="a/n.md",
        notes={"a/scaling_laws.md": "", "b/scaling_laws.md": ""},
    ),
    Row(
        "then the same channel",
        "From: [[mlst]]\n\n«[[Scaling laws]]»",
        "From: [[mlst]]\n\n[[mlst/x/a|Scaling laws]]",
        path="mlst/n.md",
        notes=CHANNEL,
        containers=False,
    ),
    Row("several elsewhere end the search", "«[[Scaling laws]]»", notes=CHANNEL, message="it may mean"),
    Row(
        "an equal name before one without marks",
        "«[[Open weights]]»",
        "[[open_weights|Open weights]]",
        notes={"open_weights.md": "", "open,weights.md": "", "openweights.md": ""},
    ),
    # paths
    Row("in the folder that is named", "«[[talks/Free Models]]»", "[[ow|talks/Free Models]]", notes=TITLED),
    Row("not in another", "[[papers/Free Models]]", notes=TITLED),
    Row(
        "moved: unsafe",
        "«[[old/open_weights]]»",
        unsafe="[[open_weights|old/open_weights]]",
        notes={"new/open_weights.md": ""},
    ),
    Row(
        "relative, and the style of the vault",
        "«[[../b/Open Weights]]»",
        "[[../b/open_weights|../b/Open Weights]]",
        path="a/n.md",
        notes={"b/open_weights.md": "", "c/open_weights.md": ""},
        style=LinkStyle(new_link_format="relative"),
    ),
    Row(
        "absolute",
        "«[[Open Weights]]»",
        "[[b/open_weights|Open Weights]]",
        notes={"b/open_weights.md": ""},
        style=LinkStyle(new_link_format="absolute"),
    ),
    Row(
        "not unique: the whole path",
        "«[[Open Weights]]»",
        "[[a/open_weights|Open Weights]]",
        path="a/n.md",
        notes={"a/open_weights.md": "", "b/c/open_weights.md": ""},
    ),
    # every form
    Row("a Markdown link", "«[W](Open%20Weights.md#H)»", "[W](open_weights.md#H)", notes=OPEN),
    Row("without .md", "«[W](Open%20Weights)»", "[W](open_weights)", notes=OPEN),
    Row("in angle brackets", "«[W](<Open Weights.md>)»", "[W](<open_weights.md>)", notes=OPEN),
    Row("encoded anew", "«[W](open_weights_50%25)»", "[W](open%20weights%20%2850%25%29)", notes={"open weights (50%).md": ""}),
    Row("with a title", '«[W](Open-Weights.md "T")»', '[W](open_weights.md "T")', notes=OPEN),
    Row("by reference", "«[W][r]»\n\n[r]: Open%20Weights.md\n", "[W][r]\n\n[r]: open_weights.md\n", notes=OPEN, containers=False),
    Row(
        "in a property",
        '---\nrelated: "«[[Open Weights]]»"\n---\n',
        '---\nrelated: "[[open_weights|Open Weights]]"\n---\n',
        notes=OPEN,
    ),
    Row(
        "in a list of a property, in single quotes",
        "---\nrelated:\n  - '«[[Whos Afraid]]»'\n---\n",
        "---\nrelated:\n  - '[[who''s_afraid|Whos Afraid]]'\n---\n",
        notes={"who's_afraid.md": ""},
    ),
    Row(
        "in a table the bar is escaped",
        "| a |\n|---|\n| «[[Open Weights]]» |\n",
        "| a |\n|---|\n| [[open_weights\\|Open Weights]] |\n",
        notes=OPEN,
    ),
    Row(
        "in a table with display text",
        "| a |\n|---|\n| «[[Open Weights\\|W]]» |\n",
        "| a |\n|---|\n| [[open_weights\\|W]] |\n",
        notes=OPEN,
    ),
    Row("in a comment", "%% «[[Open Weights]]» %%", "%% [[open_weights|Open Weights]] %%", notes=OPEN),
    Row("not in code", "`[[Open Weights]]`", notes=OPEN),
    Row("a missing attachment", "«[[Sales.pdf]]»", message="nothing is called"),
    Row("an attachment by its name", "«[[Model sizes.pdf]]»", "[[model_sizes.pdf|Model sizes.pdf]]", files=("x/model_sizes.pdf",)),
    Row("a note is no attachment", "«[[model_sizes.pdf]]»", notes={"model_sizes_pdf.md": ""}),
    Row("a folder", "«[x](talks/)»", notes=TITLED, message="names a folder"),
    # beyond the tiers
    Row("a slip of the pen", "«[[open_wieghts_of_models]]»", unsafe="[[open_weights_of_models|open_wieghts_of_models]]", notes={"open_weights_of_models.md": ""}, message="did you mean"),
    Row("an article", "«[[history_of_licences|H]]»", unsafe="[[the_history_of_licences|H]]", notes={"the_history_of_licences.md": ""}),
    Row("a plural", "«[[effect_of_licences|H]]»", unsafe="[[effects_of_licences|H]]", notes={"effects_of_licences.md": ""}),
    Row("two are as near", "«[[open_wieghts]]»", notes={"open_weights.md": "", "open_weight.md": "", "open_wights.md": ""}),
    Row("two letters in a word are only told", "«[[an_academic_disource]]»", notes={"an_academic_discourse.md": ""}, message="did you mean"),
    Row(
        "a word of other names is no slip",
        "[[the_role_of_hyperparameters_in_import]]",
        notes={"the_role_of_hyperparameters_in_export.md": "", "import_duties.md": ""},
    ),
    Row("other digits are another name", "[[episode_number_12]]", notes={"episode_number_13.md": ""}),
    Row("a short word is another word", "[[rust]] [[Lucy]]", notes={"trust.md": "", "lucky.md": ""}),
    Row("planned or deleted", "[[role_of_scale_in_robotics]]", notes={"role_of_scale_in_language.md": ""}),
    # none of these is broken
    Row("it resolves", "[[OPEN_WEIGHTS]] [[open_weights#nope]] [x](open_weights.md)", notes=OPEN),
    Row("a stamp", "[[00:06:10]]", notes={"000610.md": ""}),
    Row("an embed has its own rule", "![[Open Weights]]", notes=OPEN),
)  # fmt: skip
