"""The register of fields: what every stored field is about. Nothing here is about a private person.

organisation   a body, its place in another body, what it was awarded
place          a piece of the district: a town, a village, a venue and what is in it
event          something that was or will be done, when, and what it came to
count          a number of things, of people as a number, of money
work contact   a name, post or work phone of somebody at their work
system         what the software needs to work: keys, states, spellings, moments, checksums

A field that is missing here fails the test, and so does a line whose field is gone.
"""

from __future__ import annotations

ORGANISATION = "organisation"
PLACE = "place"
EVENT = "event"
COUNT = "count"
WORK_CONTACT = "work contact"
SYSTEM = "system"
KINDS = (ORGANISATION, PLACE, EVENT, COUNT, WORK_CONTACT, SYSTEM)

SPELLINGS = "name_key pinyin initials sort_key"

FIELDS: dict[str, dict[str, str]] = {
    "accounts.User": {
        WORK_CONTACT: "username name work_phone role towns",
        SYSTEM: f"id {SPELLINGS} password last_login is_active must_change_password"
        " password_changed_at language second_factor_since recovery_codes_at unlocked_at",
    },
    "accounts.Assignment": {SYSTEM: "id", WORK_CONTACT: "user town"},
    "accounts.FormerPassword": {SYSTEM: "id user password set_at"},
    "accounts.SavedView": {SYSTEM: "id name path query role", WORK_CONTACT: "owner"},
    "accounts.DefaultView": {SYSTEM: "id view path", WORK_CONTACT: "user"},
    "accounts.Feedback": {
        SYSTEM: "id path words written_at answer answered_at",
        WORK_CONTACT: "written_by",
    },
    "towns.Town": {
        PLACE: "name code kind opened_on closed_on",
        SYSTEM: f"id order {SPELLINGS}",
    },
    "towns.Village": {
        PLACE: "name town code kind opened_on closed_on",
        SYSTEM: f"id {SPELLINGS}",
    },
    "towns.Post": {
        WORK_CONTACT: "town village kind holder work_phone is_full_time from_on to_on",
        SYSTEM: "id",
    },
    "towns.BrandField": {ORGANISATION: "name", SYSTEM: "id order"},
    "towns.Brand": {
        ORGANISATION: "name town field description opened_on closed_on",
        SYSTEM: f"id {SPELLINGS}",
    },
    "chambers.Chamber": {
        ORGANISATION: "name town kind credit_code founded_on closed_on introduction",
        SYSTEM: f"id {SPELLINGS}",
    },
    "chambers.Term": {ORGANISATION: "chamber number from_on to_on", SYSTEM: "id"},
    "chambers.Milestone": {EVENT: "chamber happened_on title text", SYSTEM: "id"},
    "chambers.Enterprise": {
        ORGANISATION: "name credit_code town village industry industry_tag founded_on closed_on"
        " tax_band tax_band_year tax_band_source note",
        PLACE: "address",
        WORK_CONTACT: "contact phone",
        COUNT: "capital_wan staff_count",
        SYSTEM: f"id {SPELLINGS}",
    },
    "chambers.Membership": {
        ORGANISATION: "chamber enterprise position position_since joined_on left_on",
        SYSTEM: "id",
    },
    "chambers.PositionSpell": {ORGANISATION: "membership position from_on to_on", SYSTEM: "id"},
    "chambers.Honour": {
        ORGANISATION: "title level issuer awarded_on valid_until town chamber enterprise",
        SYSTEM: "id",
    },
    "venues.Venue": {
        PLACE: "name town parent village kind address functions opening_hours introduction"
        " opened_on closed_on",
        ORGANISATION: "chamber managed_by",
        WORK_CONTACT: "contact phone",
        COUNT: "area_m2",
        SYSTEM: f"id {SPELLINGS}",
    },
    "venues.Zone": {PLACE: "venue name description", SYSTEM: "id order"},
    "venues.Neighbour": {ORGANISATION: "venue name enterprise", SYSTEM: "id"},
    "activities.ActivityKind": {EVENT: "code name", SYSTEM: "id order is_offered"},
    "activities.Activity": {
        EVENT: "name town kind mode state start_on start_at end_on end_at venue place brand"
        " summary",
        COUNT: "headcount donation_yuan beneficiaries",
        WORK_CONTACT: "entered_by",
        SYSTEM: f"id {SPELLINGS} review return_reason submitted_at reviewed_at entry_token version"
        " created_at",
    },
    "activities.Host": {
        EVENT: "activity part",
        ORGANISATION: "town chamber enterprise name",
        SYSTEM: "id",
    },
    "activities.Participation": {EVENT: "activity town start_on", SYSTEM: "id"},
    "activities.Photo": {
        EVENT: "activity file thumbnail caption",
        SYSTEM: "id width height sha256 order",
    },
    "imports.Batch": {
        ORGANISATION: "chamber town",
        WORK_CONTACT: "uploaded_by",
        COUNT: "counts",
        SYSTEM: "id plan file_name sha256 understanding policies state job uploaded_at committed_at"
        " undone_at",
    },
    # The cleaned values of a roster's row: only columns that a plan knows, so only fields above.
    "imports.Row": {
        ORGANISATION: "values changes record keys corrections before after",
        SYSTEM: "id batch position sheet number problems verdict is_warned choice outcome"
        " outcome_reason outcome_said",
    },
    "imports.Decision": {
        ORGANISATION: "before after",
        WORK_CONTACT: "made_by",
        SYSTEM: "id batch sheet number kind field made_at",
    },
    # A sheet's cells as rosters hold them; columns about private persons are blanked before.
    "imports.KeptGrid": {ORGANISATION: "content", SYSTEM: "id batch kept_at"},
    # A file until it is read, sealed: nobody reads it but the job that deletes it.
    "imports.WaitingFile": {SYSTEM: "id batch sealed taken_in_at"},
    "imports.RememberedMapping": {
        WORK_CONTACT: "remembered_by",
        SYSTEM: "id plan header header_key fields remembered_at",
    },
    "imports.HeaderWord": {SYSTEM: "id plan field word word_key"},
    "cells.Cell": {COUNT: "number", SYSTEM: "id figure split is_day town start_on value"},
    "cells.CountedMonth": {SYSTEM: "month last_on version"},
    "cells.Mark": {SYSTEM: "id month"},
    "cells.Change": {COUNT: "writes", SYSTEM: "id what at"},
    "summaries.FigureRules": {
        SYSTEM: "id council_positions idle_days grey_days lapse_days term_days least_base"
        " summaries_from",
    },
    "summaries.FigureSetting": {SYSTEM: "id key title title_en is_hidden order"},
    "summaries.Summary": {
        EVENT: "kind start_on end_on town content",
        COUNT: "figures",
        SYSTEM: "id revision data_as_of written_at",
    },
    "jobs.Job": {
        WORK_CONTACT: "requested_by",
        SYSTEM: "id token kind key payload state attempts done_count total_count message"
        " said cancel_asked created_at published_at started_at heartbeat_at finished_at",
    },
    "jobs.Tick": {SYSTEM: "id name ticked_at"},
}

# Words that name what must never be stored: in a field's name, and in its label.
NAMES = (
    "ethnic ethnicity nation nationality race religion religious belief faith party politics"
    " political identity idcard id_number passport home residence household native_place"
    " birthplace hometown birth birthday birthdate age gender sex marital spouse family"
    " children relative blood health disability fingerprint face biometric bank_account salary"
    " wechat weibo"
)
WORDS = (
    "民族 宗教 信仰 政治面貌 党派 党员 群众团体 身份证 护照 证件号 家庭 住址 籍贯 户籍 户口"
    " 出生 生日 年龄 性别 婚姻 配偶 子女 亲属 血型 健康 残疾 指纹 人脸 银行卡 工资 微信"
)
FORBIDDEN_NAMES = frozenset(NAMES.split())
FORBIDDEN_WORDS = frozenset(WORDS.split())
