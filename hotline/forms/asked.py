"""Which forms are asked, and what a field of the crosswalk is asked as."""

from __future__ import annotations

from hotline.forms.definition import Kind
from hotline.standards.crosswalk import FieldType

FORMS = ("opening", "screening", "online", "hotline")

# What an item is asked as, for each type of the crosswalk.
KIND_OF = {
    FieldType.ADDRESS: Kind.TEXT,
    FieldType.BOOLEAN: Kind.YES_NO,
    FieldType.COUNTRY: Kind.COUNTRY,
    FieldType.DATE: Kind.DATE,
    FieldType.ENUM: Kind.CHOICE,
    FieldType.INTEGER: Kind.INTEGER,
    FieldType.MULTI: Kind.MULTI,
    FieldType.ORGANISATION: Kind.TEXT,
    FieldType.PERIOD: Kind.PERIOD,
    FieldType.PERSON_NAME: Kind.PERSON_NAME,
    FieldType.PHONE: Kind.PHONE,
    FieldType.PLACE: Kind.PLACE,
    FieldType.TEXT: Kind.TEXT,
    FieldType.TIME: Kind.TIME,
}
