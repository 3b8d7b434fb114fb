"""Invented answers of LEGISinfo, and what its reader makes of them."""

import json

from legislation.models.jurisdiction import ChamberCode
from legislation.sources.measures import legisinfo
from legislation.sources.measures.records import MeasureRecord

HOUSE, SENATE = ChamberCode.LOWER, ChamberCode.UPPER


def event(kind, name, french, at, **more):
    return {"EventTypeId": kind, "EventNameEn": name, "EventNameFr": french, "EventDateTime": at, **more}


def stage(*events, **more):
    return {"SignificantEvents": list(events), **more}


FIRST = event(60110, "Introduction and first reading", "Dépôt et première lecture", "2031-02-03T10:05:00")
SECOND = event(60121, "Second reading and referral to committee", "Deuxième lecture", "2031-03-04T00:00:00")
REPORT = event(60124, "Committee report presented with amendments", "Rapport", "2031-04-01T00:00:00")
THIRD = event(60134, "Third reading", "Troisième lecture", "2031-04-10T00:00:00")
SENATE_FIRST = event(60111, "First reading", "Première lecture", "2031-04-10T23:59:00")
SENATE_SECOND = event(60120, "Second reading", "Deuxième lecture", "2031-05-01T10:45:00")
REFERRED = event(60123, "Referral to committee", "Renvoi au comité", "2031-05-01T10:50:00")
SENATE_REPORT = event(60124, "Committee report presented with an amendment", "Rapport", "2031-05-20T00:00:00")
SENATE_THIRD = event(60134, "Third reading", "Troisième lecture", "2031-06-01T10:00:00")
ASSENT = event(60149, "Royal assent", "Sanction royale", "2031-06-09T20:00:00")


def bill(number="C-500", **more):
    return {
        "Id": 900500,
        "NumberCode": number,
        "ParliamentNumber": 51,
        "SessionNumber": 2,
        "LongTitleEn": "An Act respecting the portability of health records",
        "LongTitleFr": "Loi concernant la portabilité des dossiers de santé",
        "ShortTitleEn": "Portable Records Act",
        "ShortTitleFr": "Loi sur les dossiers transférables",
        "StatusNameEn": "At second reading in the House of Commons",
        "BillDocumentTypeNameEn": "Private Member's Bill",
        "BillFormNameEn": "Regular",
        "IsProForma": False,
        "IsSenateBill": number.startswith("S"),
        "SponsorPersonId": 4711,
        "SponsorPersonName": "Maude Tremblay-Okafor",
        "SponsorConstituencyNameEn": "Lac-Vert—Pine Hills",
        "LatestBillEventDateTime": "2031-06-10T00:00:00",
        "BillStages": {"HouseBillStages": [stage(FIRST)], "SenateBillStages": [], "RoyalAssent": None},
        **more,
    }


def read(tmp_path, *bills, name="bill.json"):
    path = tmp_path / name
    path.write_text(json.dumps(list(bills)))
    (file,) = legisinfo.open_at(path)
    return list(file.records)


def only(tmp_path, content):
    (record,) = read(tmp_path, content)
    assert isinstance(record, MeasureRecord), record
    return record


def steps(record):
    return [(step.on.isoformat(), step.stage, step.local_label) for step in record.stages]
