"""The pledge of the demonstration, and the invented people who signed it."""

import random
from datetime import date, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engage.areas.store import ward_names
from engage.contacts import consent, store as contacts
from engage.contacts.address import address_key
from engage.extensions import table_of
from engage.pledges import ward_figures
from engage.pledges.counts import cells_of, shift_all
from engage.pledges.models import Kind, Member, NameState, Pledge, Signature, Source, State
from engage.pledges.words import NewWords, add_version, words_in

SLUG = "stand-against-hate"
QUESTIONNAIRE = "hate_crime_pledge"
SIGNED = 347
SHOWN = 0.3
WITHOUT_WARD = 0.12
AGREED = 0.4
"""The shares who let their names be shown, named no ward, and agreed to hear of something."""
SEED = 20_240_229
OPEN_FOR = timedelta(days=180)

FIRST = (
    "Aisha", "Ben", "Chidi", "Dorota", "Eve", "Farah", "George", "Hana", "Imran", "Joan", "Kofi",
    "Lena", "Maryam", "Nell", "Omar", "Priya", "Quentin", "Rosa", "Samir", "Tess", "Uma", "Victor",
    "Wanda", "Xiu", "Yusuf", "Zofia",
)  # fmt: skip
LAST = (
    "Ashby", "Birch", "Coates", "Dale", "Elm", "Fenn", "Gale", "Hythe", "Inkpen", "Jessop", "Kell",
    "Lark", "Marsh", "Nash", "Orchard", "Pell", "Quay", "Reed", "Salter", "Thorn", "Underhill",
    "Vale", "Weir", "Yarrow",
)  # fmt: skip

WORDS = {
    "en": NewWords(
        title="Stand against hate",
        summary="Promise not to look away from hate crime in Quillhaven.",
        words=(
            "Nobody in Quillhaven should be hurt, threatened or shouted at for who they are.\n\n"
            "I will not join in. If it is safe, I will stand by anyone it happens to. I will help "
            "them to report it, and I will report what I see."
        ),
        reviewed=True,
    ),
    "pl": NewWords(
        title="Przeciw nienawiści",
        summary="Obiecaj, że nie będziesz odwracać wzroku od przestępstw z nienawiści.",
        words=(
            "W Quillhaven nikt nie powinien być krzywdzony, zastraszany ani wyzywany za to, kim "
            "jest.\n\nNie będę brać w tym udziału. Jeśli to bezpieczne, stanę przy osobie, którą "
            "to spotyka. Pomogę jej to zgłosić i zgłoszę to, co widzę."
        ),
    ),
    "ur": NewWords(
        title="نفرت کے خلاف کھڑے ہوں",
        summary="عہد کریں کہ آپ نفرت پر مبنی جرم سے نظر نہیں پھیریں گے۔",
        words=(
            "کوئل ہیون میں کسی کو اس وجہ سے تکلیف، دھمکی یا گالی نہیں ملنی چاہیے کہ وہ کون ہے۔\n\n"
            "میں اس میں شامل نہیں ہوں گا۔ اگر محفوظ ہو تو میں اس شخص کا ساتھ دوں گا جس کے ساتھ یہ "
            "ہو۔ میں رپورٹ کرنے میں اس کی مدد کروں گا، اور جو دیکھوں گا اس کی رپورٹ کروں گا۔"
        ),
    ),
}


def load_pledge(session: Session, today: date, key: str) -> None:
    """Open the pledge with some hundred signatures; the caller commits.

    `key` is the site's for addresses. The mailboxes are in a domain that nobody can have.
    """
    drawn = random.Random(SEED)  # noqa: S311  invented people need no secrets
    opens = today - OPEN_FOR
    pledge = Pledge(slug=SLUG, questionnaire=QUESTIONNAIRE, published=True, opens_on=opens)
    session.add(pledge)
    session.flush()
    connection = session.connection()
    add_version(connection, pledge.id, WORDS, opens)
    words = words_in(connection, pledge.id, "en")
    wards = list(ward_names(session))
    rows = []
    for number in range(SIGNED):
        first, last = drawn.choice(FIRST), drawn.choice(LAST)
        address = f"{first}.{last}.{number}@quillhaven.example".lower()
        day = opens + timedelta(days=int(OPEN_FOR.days * drawn.random() ** 2))
        day = min(day, today - timedelta(days=1))
        contact_id = contacts.contact_for(connection, address, "en", day, key=key)
        contacts.prove(connection, contact_id, day)
        if drawn.random() < AGREED:
            for topic in drawn.sample(consent.TOPICS, drawn.randint(1, len(consent.TOPICS))):
                consent.give(connection, contact_id, topic, source="web", today=day)
        shown = drawn.random() < SHOWN
        without = drawn.random() < WITHOUT_WARD
        rows.append(
            {
                "pledge_id": pledge.id,
                "kind": Kind.PERSON,
                "state": State.CONFIRMED,
                "address_key": address_key(address, key),
                "member": Member.FIRST,
                "contact_id": contact_id,
                "name": f"{first} {last}",
                "show_name": shown,
                "name_state": NameState.SHOWN if shown else NameState.WAITS,
                "under_18": False,
                "ward": "" if without else wards[int(len(wards) * drawn.random() ** 1.4)],
                "words_id": words.id if words else None,
                "source": Source.WEB,
                "signed_on": day,
                "confirmed_on": day,
            }
        )
    connection.execute(insert(table_of(Signature)), rows)
    cells = ((pledge.id, Kind.PERSON.value, str(row["ward"])) for row in rows)
    shift_all(connection, cells_of(cells, 1))
    ward_figures.renew_one(connection, pledge.id, today)
