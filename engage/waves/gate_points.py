"""What a person signs point by point before a wave opens: each is a thing that was done."""

ACCESSIBILITY_POINTS: dict[str, str] = {
    "keyboard": "Somebody went through the whole survey in the preview with the keyboard alone.",
    "phone": "Somebody read every page in the preview on a small phone, or 320 pixels wide.",
    "aloud": "Somebody listened to it with a screen reader, or had a phone read it aloud.",
    "offline": "People who do not use the web have another way to answer, and are told of it.",
}

ETHICS_POINTS: dict[str, str] = {
    "read": "Somebody who works with children and young people has read the questions.",
    "freely": "Nobody has to answer: not for a lesson, a prize or a service.",
    "carers": "Parents or carers of children under 13 are told beforehand, and can say no.",
    "private": "Children can answer where nobody looks over their shoulder.",
    "harm": "Those who hand it out know what to do when a child says that somebody harms them.",
}
