"""The front matter: values, and the position of each key and value.

The only place that imports `frontmatter` and `yaml`. Values are read as Obsidian reads them, by YAML 1.2; the block is
only ever changed by edits to its text.
"""

from processor.parse.frontmatter.blocks import end_of_unclosed, read_properties
from processor.parse.frontmatter.edits import (
    comment_behind,
    edit_key,
    edit_value,
    insert_property,
    remove_property,
)
from processor.parse.frontmatter.links import property_links
from processor.parse.frontmatter.mending import mend_by_quoting
from processor.parse.frontmatter.model import Item, Place, Properties, Property, PropertyText, YamlFault
from processor.parse.frontmatter.places import place_of
from processor.parse.frontmatter.scalars import is_text_everywhere, quote_scalar, resolve_plain
from processor.parse.frontmatter.videos import (
    is_for_video,
    may_be_for_video,
    may_name_video,
    says_video,
    video_ids_of,
    video_of_all,
)

__all__ = [
    "Item",
    "Place",
    "Properties",
    "Property",
    "PropertyText",
    "YamlFault",
    "comment_behind",
    "edit_key",
    "edit_value",
    "end_of_unclosed",
    "insert_property",
    "is_for_video",
    "is_text_everywhere",
    "may_be_for_video",
    "may_name_video",
    "mend_by_quoting",
    "place_of",
    "property_links",
    "quote_scalar",
    "read_properties",
    "remove_property",
    "resolve_plain",
    "says_video",
    "video_ids_of",
    "video_of_all",
]
