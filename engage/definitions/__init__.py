"""The questionnaires that ship with Engage, and the indicators that are worked out from them.

Data, not code: `<questionnaire>/v<version>.yaml` says what is asked, and
`indicators/<questionnaire>.yaml` which figures come out. A published version never changes; a
change of a word, an order or a code is a new version beside it. `docs/definitions.md` says how
such a file is written.
"""
