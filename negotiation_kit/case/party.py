"""The two sides: who they are in law, who speaks for them, who may sign."""

from typing import Literal

from negotiation_kit.case.fields import Record, Text, Words, YesNo, internal, restricted, shared

Signs = Literal["alone", "jointly", "no"]
OurRole = Literal["account manager", "superior", "first person", "finance", "legal", "quality", "colleague"]
Segment = Literal["key", "core", "standard", "occasional"]
ClientKind = Literal["company", "sole trader", "public body", "consumer"]


class BankAccount(Record):
    """Where the money is to arrive."""

    number: Text = shared("Bank account number, IBAN where there is one", example="HU93 1160 0006 0000 0000 1234 5676")
    bank: Text | None = shared("Name of the bank", example="Minta Bank Nyrt.", default=None)
    swift: Text | None = shared("BIC of the bank", example="MINTHUHB", default=None)
    reference: Text | None = shared("What the payer writes as reference", example="2025-017", default=None)


class OurPerson(Record):
    """One of us, with the part he or she has in the case."""

    name: Text = shared("Name as it is printed", example="Kiss Anna")
    role: OurRole = shared("Part in the case", example="account manager")
    position: Words | None = shared("Position printed below the signature", example="Key account manager", default=None)
    signs: Signs = shared("May sign for the supplier: alone, jointly, no", example="alone", default="no")
    attends: YesNo | None = shared("Sits at the meeting", example="yes", default=None)
    phone: Text | None = shared("Phone the client may call", example="+36 1 555 0101", default=None)
    email: Text | None = shared("Mail address the client may write to", example="anna.kiss@example.com", default=None)
    reachable: Text | None = internal("Hours reachable by phone on the day", example="9-12", default=None)


class TheirPerson(Record):
    """One person at the client; what is known about values stays between manager and superior."""

    name: Text = shared("Name as it is printed", example="Tóth Béla")
    role: Words | None = shared("Position at the client", example="managing director", default=None)
    signs: Signs | None = shared("May sign for the client: alone, jointly, no", example="alone", default=None)
    power: Words | None = shared(
        "Where the power to sign comes from", example="register extract of 2025-03-17", default=None
    )
    attends: YesNo | None = shared("Sits at the meeting", example="yes", default=None)
    decides: YesNo | None = internal("Can decide about the payment", example="yes", default=None)
    new: YesNo = internal("Took this area over not long ago", example="no", default=False)
    phone: Text | None = internal("Phone", example="+36 1 555 0123", default=None)
    email: Text | None = internal("Mail address", example="bela.toth@example.com", default=None)
    values: Text | None = restricted(
        "What matters to this person, with the source; write it as if the person will read it",
        example="Punctual delivery dates; said so at the contract talk",
        default=None,
    )
    interests: Text | None = restricted(
        "What this person can win or lose", example="Runs the new plant, needs our paint in May", default=None
    )


class Supplier(Record):
    """Our company."""

    name: Text = shared("Registered name, as in the company register", example="Borostyán Festék Kft.")
    seat: Text | None = shared("Registered seat", example="9024 Győr, Mintakert utca 4.", default=None)
    registration: Text | None = shared("Company registration number", example="08-09-000000", default=None)
    tax_number: Text | None = shared("Tax number", example="10000000-2-08", default=None)
    notices: Text | None = shared(
        "Address for notices under the agreement", example="penzugy@example.com", default=None
    )
    bank: BankAccount | None = shared("Account to pay to", example={"number": "HU93 1160 0006"}, default=None)
    people: tuple[OurPerson, ...] = shared("Our people in this case", example=[], default=())


class Client(Record):
    """The client's company."""

    name: Text = shared("Registered name, as in the company register", example="Példa Bútor Zrt.")
    kind: ClientKind = shared("Kind of debtor; a consumer is not for this kit", example="company", default="company")
    seat: Text | None = shared("Registered seat", example="9700 Szombathely, Példa tér 1.", default=None)
    registration: Text | None = shared("Company registration number", example="18-10-000000", default=None)
    tax_number: Text | None = shared("Tax number", example="20000000-2-18", default=None)
    notices: Text | None = shared("Address for notices under the agreement", example="iroda@example.com", default=None)
    segment: Segment | None = internal("Our own list; key is named by management", example="standard", default=None)
    pays_from: tuple[Text, ...] = internal(
        "Accounts the client has paid from", example=["HU42 1177 3016 1111 1018 0000 0000"], default=()
    )
    trade: Text | None = internal(
        "Trade and its payment customs", example="Furniture maker, pays on Wednesdays", default=None
    )
    people: tuple[TheirPerson, ...] = shared("People at the client", example=[], default=())
    interests: Text | None = restricted(
        "What the company fears and wants", example="A steady supply before the summer season", default=None
    )
