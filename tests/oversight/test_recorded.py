"""Every act is recorded under a name that has words; every page with personal data is marked."""

from recorded import actions_of, read_modules

from engage.audit.words import ACTIONS
from engage.web.access import PUBLIC, rule_of, shown_by

UNTOLD = {
    "engage.approvals.store._decide": {"approval.given", "approval.refused"},
    "engage.audit.seen._note": set(),  # the marks below
    "engage.demo.oversight.load_oversight": set(),  # some of what staff do
    "engage.people.step_views._changed": {
        "staff.role_changed",
        "staff.invitation_taken_back",
        "staff.deactivated",
        "staff.sessions_ended",
        "staff.lock_lifted",
        "staff.second_step_reset",
        "staff.link_sent",
        "staff.break_glass_allowed",
        "staff.break_glass_forbidden",
    },
    "engage.register.name_views._decide": {"name.shown", "name.hidden"},
    "engage.thirdparty.staff_views.put": {"centre.active", "centre.paused", "centre.ended"},
}
"""Where the action is put together as the code runs: what it can be."""

RECORDED_BY_THEMSELVES = """
casework.do casework.one desk.open_list early.open_now evidence.take handover.confirm handover.look
handover.overview links.links overrides.answer overrides.begin overrides.send packages.answer
packages.as_json packages.as_pdf packages.package thirdparty.one
"""
"""Pages that show personal data and note it in words of their own: `report.opened` and others."""

TELL_OF_NOBODY = """
access.let analysis.refresh analysis.wave analysis.waves centre_colleagues.let centre_figures.file
centre_figures.period centre_figures.periods centre_workers.new centre_workers.remove
centres.change centres.everyone centres.new centres.put desk.ask_for_list desk.cancel
desk.certificates details.changes details.responses details.who_answered downloads.full
downloads.take downloads.wave downloads.waves entered.form entered.remove entry.batch entry.batches
entry.close entry.create fieldwork.create fieldwork.wave fieldwork.waves invalidations.signals
invitations.codes legacy.lists legacy.new legacy.one legacy.put_away legacy.rows legacy.take
messages.all_messages messages.change messages.delete messages.message messages.new messages.send
messages.stop outreach.all_places outreach.poster outreach.qr outreach.retire outside.crime
outside.london own_keys.changed own_keys.password own_keys.spare_codes own_keys.unlock_page
partner_decisions.approve partner_decisions.reconsider partner_decisions.verify
partner_staff.all_organisations partner_staff.change partner_staff.late pledge_staff.days
pledge_staff.new pledge_staff.one pledge_staff.pledges pledge_staff.wording register.erase
register.statistics reported.file reported.make reported.period reported.periods signin.end_session
signin.home signin.sessions signin.sign_out steps.change steps.close_wave steps.delete
steps.open_wave training_staff.change training_staff.create training_staff.event
training_staff.events typed.close typed.new typed.pile typed.piles_of_paper typed.remove
full_requests.decide monitoring.progress review.queue fieldwork.calendar
gates.decision gates.opening gates.sign preview.end preview.phone preview.section preview.start
questionnaires.changes questionnaires.version
questionnaires.versions
publishing.choose publishing.preview publishing.wave publishing.waves publishing_steps.agree
publishing_steps.ask publishing_steps.drop publishing_steps.refuse_it publishing_steps.waive
publishing_steps.withdraw
coding.questions coding_frame.add coding_frame.codes coding_frame.step coding_table.make
coding_table.table followup.actions followup.change followup.create followup.one followup.update
followup_publication.decide
break_glass.end break_glass.enter people_invite.invite oversight.file oversight.verify
dashboard.every dashboard.survey charting.map_picture charting.trend charting.trend_picture
charting.ward_map treated.ask treated.make treated.show exploring.ask exploring.download
figure_table.take review.take_up exploring.keep exploring.table exploring.wave exploring.waves
"""
"""Pages without personal data of anybody but who looks, and files, which are recorded as such."""


def test_every_act_that_the_code_records_has_words(lite_app):
    found, untold = actions_of(read_modules())
    assert set(untold) == set(UNTOLD), "say in UNTOLD what the action can be"
    marks = {shown_by(view) for view in lite_app.view_functions.values()} - {None}
    acts = found.union(*UNTOLD.values(), {f"{each.what}.seen" for each in marks})
    # Those of an older version stand in the log for years, so there may be more words than acts.
    assert acts <= set(ACTIONS), f"say in engage/audit/words.py what {acts - set(ACTIONS)} is"
    assert len(acts) > 80


def test_every_staff_page_either_records_who_looks_or_is_known_to_tell_of_nobody(lite_app):
    views = {
        endpoint: view
        for endpoint, view in lite_app.view_functions.items()
        if PUBLIC not in rule_of(view)
    }
    marked = {endpoint for endpoint, view in views.items() if shown_by(view)}
    known = set(RECORDED_BY_THEMSELVES.split()) | set(TELL_OF_NOBODY.split())
    assert not marked & known, "it is marked, so take it from the lists here"
    assert not known - set(views), "no such page: take it from the lists here"
    unsaid = set(views) - marked - known
    assert not unsaid, f"mark with @shows(...) what shows personal data, or name it here: {unsaid}"
