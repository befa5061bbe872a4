"""The items of PEMAT-P and of the CDC Clear Communication Index, word for word.

Both are works of the United States government and free to use.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Item:
    """One item, with its number in the original."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with its items; each of the `parts` has a heading.

    `yes`, `no` and `none` are its answers; only the items in `optional` may be answered with `none`.
    """

    name: str
    source: str
    address: str
    parts: tuple[tuple[str, tuple[Item, ...]], ...]
    yes: str
    no: str
    optional: frozenset[int]
    none: str = "Not applicable"


def _number_items(first: int, *texts: str) -> tuple[Item, ...]:
    return tuple(Item(first + n, text) for n, text in enumerate(texts))


PEMAT: Final = Tool(
    "PEMAT-P",
    "Agency for Healthcare Research and Quality: Patient Education Materials Assessment Tool for Printable Materials",
    "https://www.ahrq.gov/health-literacy/patient-education/pemat-p.html",
    (
        (
            "Understandability",
            (
                *_number_items(
                    1,
                    "The material makes its purpose completely evident.",
                    "The material does not include information or content that distracts from its purpose.",
                    "The material uses common, everyday language.",
                    "Medical terms are used only to familiarize audience with the terms. When used, medical terms are "
                    "defined.",
                    "The material uses the active voice.",
                    "Numbers appearing in the material are clear and easy to understand.",
                    "The material does not expect the user to perform calculations.",
                    'The material breaks or "chunks" information into short sections.',
                    "The material's sections have informative headers.",
                    "The material presents information in a logical sequence.",
                    "The material provides a summary.",
                    "The material uses visual cues (e.g., arrows, boxes, bullets, bold, larger font, highlighting) to "
                    "draw attention to key points.",
                ),
                *_number_items(  # 13 and 14 are for videos
                    15,
                    "The material uses visual aids whenever they could make content more easily understood (e.g., "
                    "illustration of healthy portion size).",
                    "The material's visual aids reinforce rather than distract from the content.",
                    "The material's visual aids have clear titles or captions.",
                    "The material uses illustrations and photographs that are clear and uncluttered.",
                    "The material uses simple tables with short and clear row and column headings.",
                ),
            ),
        ),
        (
            "Actionability",
            _number_items(
                20,
                "The material clearly identifies at least one action the user can take.",
                "The material addresses the user directly when describing actions.",
                "The material breaks down any action into manageable, explicit steps.",
                "The material provides a tangible tool (e.g., menu planners, checklists) whenever it could help the "
                "user take action.",
                "The material provides simple instructions or examples of how to perform calculations.",
                "The material explains how to use the charts, graphs, tables, or diagrams to take actions.",
                "The material uses visual aids whenever they could make it easier to act on the instructions.",
            ),
        ),
    ),
    "Agree",
    "Disagree",
    frozenset({6, 8, 9, 11, 16, 17, 18, 19, 24, 25}),
)

INDEX: Final = Tool(
    "CDC Clear Communication Index",
    "Centers for Disease Control and Prevention: The CDC Clear Communication Index",
    "https://www.cdc.gov/ccindex/",
    (
        (
            "Part A: Core",
            _number_items(
                1,
                "Does the material contain one main message statement?",
                "Is the main message at the top, beginning, or front of the material?",
                "Is the main message emphasized with visual cues?",
                "Does the material contain at least one visual that conveys or supports the main message?",
                "Does the material include one or more calls to action for the primary audience?",
                "Do both the main message and the call to action use the active voice?",
                "Does the material always use words the primary audience uses?",
                "Does the material use bulleted or numbered lists?",
                "Is the material organized in chunks with headings?",
                "Is the most important information the primary audience needs summarized in the first paragraph or "
                "section?",
                "Does the material explain what authoritative sources, such as subject matter experts and agency "
                "spokespersons, know and don't know about the topic?",
            ),
        ),
        (
            "Part B: Behavioral recommendations",
            _number_items(
                12,
                "Does the material include one or more behavioral recommendations for the primary audience?",
                "Does the material explain why the behavioral recommendation(s) is important to the primary audience?",
                "Does the behavioral recommendation(s) include specific directions about how to perform the behavior?",
            ),
        ),
        (
            "Part C: Numbers",
            _number_items(
                15,
                "Does the material always present numbers the primary audience uses?",
                "Does the material always explain what the numbers mean?",
                "Does the audience have to conduct mathematical calculations?",
            ),
        ),
        (
            "Part D: Risk",
            _number_items(
                18,
                "Does the material explain the nature of the risk?",
                "Does the material address both the risks and benefits of the recommended behaviors?",
                "If the material uses numeric probability to describe risk, is the probability also explained with "
                "words or a visual?",
            ),
        ),
    ),
    "Yes",
    "No",
    frozenset(range(12, 21)),
)
