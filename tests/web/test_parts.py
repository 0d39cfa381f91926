"""The parts of pages, drawn plainly: the markup that people who cannot see it depend on."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, Form, RadioField, SelectField, TextAreaField
from wtforms.fields import DateTimeLocalField, SelectMultipleField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from app.foundation.text import Wording
from app.web import figures, moments

TEMPLATES = Path(moments.__file__).parent / "templates"
PARTS = sorted(path.name for path in (TEMPLATES / "parts").glob("*.html"))
NOW = datetime(2021, 6, 3, 9, 0, tzinfo=UTC)
CLOSES = datetime(2021, 6, 29, 21, 0, tzinfo=UTC)


def drawn(source: str, **context: Any) -> str:
    """A template of this source, drawn on a Latvian page whose words are not translated."""
    environment = Environment(
        autoescape=True, loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"]
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(moments.FILTERS | figures.FILTERS)
    page = {
        "language": "lv",
        "zone": ZoneInfo("Europe/Riga"),
        "now": NOW,
        "csrf_token": lambda: "token",
        "asset": "/static/{}".format,
        "languages": [("lv", "Latviešu", "/lv/"), ("lt", "Lietuvių", "/lt/")],
        "menu": [{"key": "campaigns", "href": "/lv/", "word": "Kampaņas"}],
        "footer_links": [("/lv/about", "Par Talku")],
        "here": "campaigns",
        "viewer": None,
        "viewer_links": [],
        "sign_in": "/lv/sign-in",
    }
    return environment.from_string(source).render(page | context)


def part(name: str, call: str, **context: Any) -> str:
    return drawn(
        f"{{% import 'parts/{name}.html' as part with context %}}{{{{ part.{call} }}}}", **context
    )


def around(name: str, call: str, body: str, **context: Any) -> str:
    start = f"{{% import 'parts/{name}.html' as part with context %}}{{% call part.{call} %}}"
    return drawn(f"{start}{body}{{% endcall %}}", **context)


class Written(Form):  # type: ignore[misc]
    title = TextAreaField("Nosaukums", [Length(max=5)], description="Viens teikums.")
    email = EmailField("E-pasts", [InputRequired("Uzrakstiet e-pasta adresi.")])
    theme = SelectField("Tēma", choices=["Atklātība", "Līdzdalība"])
    stance = RadioField("Nostāja", [InputRequired("Izvēlieties.")], choices=["par", "pret"])
    values = SelectMultipleField("Vērtības", choices=["x", "y"], option_widget=CheckboxInput())
    agreed = BooleanField("Piekrītu", [InputRequired("Vajadzīga piekrišana.")])
    opens = DateTimeLocalField("Sākas")


@pytest.fixture
def refused() -> Written:
    form = Written(MultiDict({"title": "Pārāk garš <b>nosaukums</b>"}))
    form.validate()
    return form


@pytest.mark.parametrize("name", PARTS)
def test_no_part_carries_style_or_script(name: str) -> None:
    source = (TEMPLATES / "parts" / name).read_text()
    assert not re.search(r"\sstyle=|<script|\son\w+=|\|\s*safe\b", source)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_at_its_top_what_it_draws(name: str) -> None:
    source = (TEMPLATES / "parts" / name).read_text()
    header = source.split("#}")[0]
    assert header.startswith("{#")
    for macro in re.findall(r"{% macro (\w+)\(", source):
        called = len(re.findall(rf"\b{macro}\(", source))
        assert f"{macro}(" in header or called > 1, macro


def test_a_thread_says_in_words_where_it_stands() -> None:
    knots = [
        {"state": "past", "name": "Publicēts", "when": Markup("<time>20. februārī</time>")},
        {"state": "now", "name": "Balsošana", "strands": ["Pievienotais"]},
        {"state": "next", "name": "<Atbilde>", "said": "Drīz:"},
    ]
    html = part("thread", "thread(knots, across=true, tag='h3', label='Gaita')", knots=knots)
    assert html.count('aria-current="step"') == 1
    assert 'aria-label="Gaita"' in html
    assert "Done: </span>Publicēts" in html
    assert "Now: </span>Balsošana" in html
    assert "Drīz: </span>&lt;Atbilde&gt;" in html
    assert html.count('<svg class="mark') == html.count('aria-hidden="true"') == 3


def test_the_ribbon_is_a_named_section() -> None:
    stages = [{"state": "past", "name": "Iesniegšana"}, {"state": "now", "name": "Balsošana"}]
    html = around("thread", "ribbon(stages)", "<a href='/'>Plāns</a>", stages=stages)
    assert '<section class="ribbon" aria-label="Stages of the campaign">' in html
    assert "<p class=\"ribbon-now\"><a href='/'>Plāns</a></p>" in html


@pytest.mark.parametrize(("done", "now"), [(0, True), (3, True), (6, False), (0, False)])
def test_the_small_thread_always_has_all_its_knots(done: int, now: bool) -> None:
    html = part("thread", f"mini({done}, 6, {str(now).lower()})")
    assert html.count("<circle") == 6
    assert 'x2="-' not in html


def test_a_gathering_names_itself_and_draws_a_line_for_each() -> None:
    html = around("gather", "gather(['a', 'b', 'c'], 'Izcelsme')", "Apņemšanās Nr. 1")
    assert 'role="group" aria-label="Izcelsme"' in html
    assert html.count("<path vector-effect") == 3
    assert "Apņemšanās Nr. 1" in html


def test_a_measure_and_dots_say_their_numbers() -> None:
    assert 'role="img" aria-label="41 no 128"' in part("plots", "measure(32, '41 no 128')")
    html = part("plots", "dotrow('Ietekme', [4, 5, 3, 5], 4.5)")
    assert 'aria-label="Ietekme: 3, 4, 5, 5; median 4,5"' in html
    assert html.count("<circle") == 4
    assert 'aria-hidden="true"' in part("plots", "bar(50)")


@pytest.mark.parametrize(
    ("call", "word"),
    [
        ("outcome_tag('adopted_in_part')", "Adopted in part"),
        ("outcome_tag('adopted together with others')", "Adopted together with others"),
        ("outcome_tag('out-of-scope')", "Out of scope"),
        ("proposal_tag('returned')", "Returned for correction"),
        ("stage_tag('voting')", "Voting"),
        ("commitment_tag('approved')", "Approved"),
        ("progress_tag('not_started')", "Not started"),
        ("tag('Cits', 'now')", "Cits"),
    ],
)
def test_a_tag_always_has_its_word(call: str, word: str) -> None:
    assert f"{word}</span>" in part("tags", call)


def test_a_refused_field_is_tied_to_its_faults_and_its_hint(refused: Written) -> None:
    html = part("forms", "textarea_field(form.title, most=5)", form=refused)
    assert '<label for="title">' in html
    assert 'aria-describedby="title-k title-p title-s"' in html
    assert 'aria-invalid="true"' in html
    assert "maxlength" not in html
    assert "Pārāk garš &lt;b&gt;" in html
    for id_ in ("title-k", "title-p", "title-s"):
        assert f'id="{id_}"' in html
    assert html.index("<label") < html.index("title-k") < html.index("title-p")


def test_a_field_without_fault_is_not_called_invalid() -> None:
    html = part(
        "forms", "text_field(form.email, is_optional=true, autocomplete='email')", form=Written()
    )
    assert "aria-invalid" not in html
    assert "aria-describedby" not in html
    assert "(not required)" in html
    assert 'autocomplete="email"' in html


def test_choices_stand_in_a_fieldset(refused: Written) -> None:
    html = part("forms", "choices_field(form.stance, hints={'par': 'Esmu par'})", form=refused)
    assert "<legend>Nostāja</legend>" in html
    assert 'aria-describedby="stance-k"' in html
    assert 'aria-describedby="stance-0-p"' in html
    assert html.count('type="radio"') == 2
    assert part("forms", "choices_field(form['values'])", form=refused).count("checkbox") == 2


def test_the_other_fields_are_labelled(refused: Written) -> None:
    for call, id_ in (
        ("select_field(form.theme)", "theme"),
        ("checkbox_field(form.agreed)", "agreed"),
        ("moment_field(form.opens, zone_word='Rīgas laiks')", "opens"),
    ):
        assert f'<label for="{id_}">' in part("forms", call, form=refused)
    html = part("forms", "score_field(form.stance, 'maz', 'daudz')", form=refused)
    assert html.count("<label for=") == 2


def test_the_summary_links_to_every_fault(refused: Written) -> None:
    html = part("forms", "fault_summary(form)", form=refused)
    assert 'role="alert"' in html
    for target in ("#title", "#email", "#stance-0", "#agreed"):
        assert f'href="{target}"' in html
    assert part("forms", "fault_summary(form)", form=Written()) == ""


def test_a_button_posts_with_the_token() -> None:
    html = part(
        "forms",
        "post_button('/act', 'Publicēt', kind='main', fields={'proposal': 'OGP6-1'}, key='p')",
    )
    assert '<form class="act" action="/act" method="post">' in html
    assert 'name="csrf_token" value="token"' in html
    assert 'name="proposal" value="OGP6-1"' in html
    assert 'aria-keyshortcuts="P"' in html


def test_a_button_that_cannot_says_why_beside_it() -> None:
    html = part("forms", "post_button('/act', 'Balsot', reason_not='Vēl nevar.')")
    assert "<form" not in html
    assert 'type="button" aria-disabled="true" aria-describedby="act--act--why"' in html
    assert 'id="act--act--why">Vēl nevar.' in html


def test_pages_are_named() -> None:
    page = SimpleNamespace(number=4, last=17, total=337, first_shown=61, last_shown=80)
    html = part("pages", "paging(page, url)", page=page, url="?page={}".format)
    assert 'aria-current="page" aria-label="Page 4, this page"' in html
    assert 'aria-label="Page 17, the last one"' in html
    assert html.count('aria-hidden="true">…') == 2
    assert 'href="?page=5" rel="next"' in html
    alone = SimpleNamespace(number=1, last=1, total=3, first_shown=1, last_shown=3)
    assert part("pages", "paging(page, url)", page=alone, url="?page={}".format) == ""


def test_a_table_keeps_its_roles_and_labels_when_it_stacks() -> None:
    html = around(
        "tables",
        "table('Rezultāti', columns)",
        "{{ part.row(columns, ['1.', 'Title', 12], is_chosen=true, lang='en') }}",
        columns=[("Vieta", "place"), ("Priekšlikums", "head"), ("Atbalsts", "n")],
    )
    assert '<th scope="row" role="rowheader" lang="en">Title</th>' in html
    assert '<td role="cell" class="n" data-label="Atbalsts">12</td>' in html
    assert 'aria-current="true"' in html
    assert "<caption>Rezultāti</caption>" in html


def test_a_text_in_another_language_says_so() -> None:
    wording = Wording("Idėja <1>", "lt", True)
    assert part("said", "said(w, 'p')", w=wording) == '<p lang="lt">Idėja &lt;1&gt;</p>'
    assert part("said", "said(w)", w=Wording("Ideja", "lv", True)) == "<span>Ideja</span>"
    assert "Written in Lithuanian" in part("said", "written_in('lt')")
    assert part("said", "written_in('lv')") == ""
    assert "Translation" in part("said", "written_in('lv', is_original=false)")


def test_people_are_named_with_whom_they_speak_for() -> None:
    html = part("people", "person('Ilze', 'Delna', '/ilze', 'vadītāja')")
    assert '<a href="/ilze">Ilze</a>, vadītāja' in html
    assert "(Delna)" in html
    assert "A person who has left" in part("people", "person('')")


def test_changes_are_said_in_words() -> None:
    pieces = [("same", "Viena "), ("removed", "lapa"), ("added", "adrese")]
    html = part("changes", "changes(pieces)", pieces=pieces)
    assert re.search(r"<ins><span[^>]*>added:</span> adrese</ins>", html)
    assert re.search(r"<del><span[^>]*>removed:</span> lapa</del>", html)


def test_notices_and_what_was_saved_are_read_out() -> None:
    assert 'role="alert"' in around("notices", "notice('Virsraksts', true)", "teksts")
    assert 'role="alert"' not in around("notices", "notice('Virsraksts')", "teksts")
    assert 'role="status"' in part("notices", "toast('Publicēts')")
    assert "Step 2 of 3:" in part("notices", "step(2, 3, 'Ko Jūs piedāvājat?')")
    html = part("notices", "saved(moment)", moment=NOW)
    assert 'data-said="Saved {hour}:{minute}"' in html
    assert "plkst.\u00a012.00" in html


def test_deadlines_and_dates_stand_in_time_elements() -> None:
    html = part("moments", "deadline(moment)", moment=CLOSES)
    assert html.count("<time") == 2
    assert "vēl 26\u00a0dienas" in html
    entries = [{"moment": CLOSES, "word": "Balsošana"}]
    assert "/dates.ics" in part("moments", "dates(entries, '/dates.ics')", entries=entries)


def test_crumbs_end_at_this_page() -> None:
    html = part("crumbs", "crumbs([('Plāns', '/p'), ('Rezultāti', '')])")
    assert '<a href="/lv/">Home</a>' in html
    assert '<span aria-current="page">Rezultāti</span>' in html


def test_the_frame_says_its_language_and_where_one_is() -> None:
    html = drawn(
        "{% extends 'layouts/base.html' %}{% block title %}Ko < \"ko\"{% endblock %}",
        flashes=[("error", "Nē"), ("message", "Jā")],
        demo_label="Izmēģinājums",
        canonical="https://talka.example/lv/",
    )
    assert '<html lang="lv">' in html
    assert '<a class="skip" href="#content">' in html
    assert '<a href="/lv/" aria-current="page">Kampaņas</a>' in html
    assert '<link rel="alternate" hreflang="lt" href="/lt/">' in html
    assert '<a href="/lv/sign-in">Sign in</a>' in html
    assert '<p class="notice is-alarm" role="alert">Nē</p>' in html
    assert '<p class="toast" role="status">Jā</p>' in html
    assert 'content="Ko &lt; &#34;ko&#34;"' in html


def test_whoever_is_signed_in_leaves_by_a_form() -> None:
    links = [
        {"key": "my", "href": "/lv/my", "word": "Manas lapas", "count": 3},
        {"key": "sign_out", "href": "/lv/sign-out", "word": "Iziet"},
    ]
    html = drawn(
        "{% extends 'layouts/base.html' %}",
        viewer=SimpleNamespace(display_name="Ilze"),
        viewer_links=links,
    )
    assert '<form action="/lv/sign-out" method="post"><input type="hidden"' in html
    assert '<span class="count">3' in html


def test_the_plain_frame_needs_nobody() -> None:
    html = Environment(
        autoescape=True,
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
    )
    html.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    page = html.from_string("{% extends 'layouts/plain.html' %}{% block main %}Nav{% endblock %}")
    assert "Nav" in page.render(asset="/static/{}".format, language="lt")
