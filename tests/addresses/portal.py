"""Addresses of the frame: people, schools, pages, search, notices, care."""

# method, name, thing; guest, unverified, member, owner, colleague, coordinator, staff
TABLE = """
GET   root                 -             302  302  302  302  302  302  302
POST  set_look             -             302  302  302  302  302  302  302
POST  dismiss_banner       public        302  302  302  302  302  302  302
GET   home                 -             200  200  200  200  200  200  200
GET   search               -             200  200  200  200  200  200  200
GET   suggest_anything     -             200  200  200  200  200  200  200
POST  set_own_first        -             302  302  302  302  302  302  302
POST  note_asking          -             204  204  204  204  204  204  204
GET   materials            -             200  200  200  200  200  200  200
GET   robots               -             200  200  200  200  200  200  200
GET   sitemaps             -             200  200  200  200  200  200  200
GET   sitemap              -             200  200  200  200  200  200  200
GET   pages_feed           -             200  200  200  200  200  200  200
GET   section_feed         section       200  200  200  200  200  200  200
GET   section_feed         article       404  404  404  404  404  404  404
GET   events_calendar      -             200  200  200  200  200  200  200
GET   event_calendar       event         200  200  200  200  200  200  200
GET   event_calendar       article       404  404  404  404  404  404  404
GET   page_languages       article       302  302  302  302  302  302  302
GET   wagtail_serve        article       200  200  200  200  200  200  200
GET   wagtail_serve        section       200  200  200  200  200  200  200
GET   wagtail_serve        event         200  200  200  200  200  200  200
GET   wagtail_serve        events        200  200  200  200  200  200  200
GET   wagtailcore_login    -             302  302  302  302  302  302  302
GET   import_page          -             302  302  302  302  302  302  302
GET   sent_mail            -             200  200  200  200  200  200  200

GET   welcome              -             302  200  200  200  200  200  200
POST  welcome              -             302  422  422  422  422  422  422
GET   start                -             302  200  200  200  200  200  200
POST  agree                -             302  302  302  302  302  302  302
GET   edit_profile         -             302  200  200  200  200  200  200
POST  edit_profile         -             302  422  422  422  422  422  422
GET   change_school        -             302  200  200  200  200  200  200
POST  change_school        -             302  422  422  422  422  422  422
GET   my_data              -             302  200  200  200  200  200  200
POST  ask_for_data         -             302  302  302  302  302  302  302
GET   data_archive         -             302  302  302  302  302  302  302
GET   leave                -             302  302  302  302  302  302  302
POST  leave                -             302  302  302  302  302  302  302
POST  stay                 -             302  302  302  302  302  302  302
GET   suggest_schools      -             302  200  200  200  200  200  200
GET   school               workplace     200  200  200  200  200  200  200
GET   school               proposal      404  200  404  404  404  404  200
GET   people               -             200  200  200  200  200  200  200
GET   person               owner         200  200  200  200  200  200  200
GET   confirmations        -             302  403  403  403  403  200  200
POST  confirm              position      302  404  404  404  404  302  302
GET   unconfirm            confirmed     302  404  404  404  404  200  200
POST  unconfirm            confirmed     302  404  404  404  404  422  422
GET   unconfirm            position      302  404  404  404  404  404  404
POST  unconfirm            position      302  404  404  404  404  422  422
GET   invitations          -             302  404  404  404  404  200  200
POST  invitations          -             302  404  404  404  404  422  422
POST  withdraw_invitation  invitation    302  404  404  404  404  302  404
GET   invitation           invitation    200  200  200  200  200  200  200
POST  invitation           invitation    302  302  302  302  302  403  302
GET   proposals            -             302  404  404  404  404  404  200
GET   proposal             proposal      302  404  404  404  404  404  200
POST  proposal             proposal      302  404  404  404  404  404  200
GET   notices              -             302  200  200  200  200  200  200
GET   bell                 -             204  200  200  200  200  200  200
POST  open_notice          notice        302  404  404  302  404  404  404
POST  read_all_notices     -             302  302  302  302  302  302  302
GET   notice_settings      -             302  200  200  200  200  200  200
POST  notice_settings      -             302  422  422  422  422  422  422
GET   unsubscribe          letter        200  200  200  200  200  200  200
POST  unsubscribe          letter        200  200  200  200  200  200  200
POST  try_mail_again       -             302  302  302  302  302  302  302
GET   complaints           -             302  404  404  404  404  404  200
GET   complain             public        302  200  200  200  200  200  200
GET   complain             members       302  200  200  200  200  200  200
GET   complain             school        302  404  404  200  200  404  200
GET   complain             draft         302  404  404  404  404  404  404
POST  complain             public        302  422  422  422  422  422  422
POST  complain             school        302  404  404  422  422  404  422
GET   complain             owner         302  200  200  404  200  200  200
POST  complain             owner         302  422  422  404  422  422  422
POST  block                owner         302  302  302  404  302  302  302
GET   blocked_people       -             302  200  200  200  200  200  200
GET   suspend              owner         302  404  404  404  404  404  200
GET   suspend              staff         302  404  404  404  404  404  404
POST  suspend              owner         302  404  404  404  404  404  422
GET   acts                 -             302  404  404  404  404  404  200
GET   my_complaints        -             302  200  200  200  200  200  200
GET   case                 reported      302  404  404  404  404  404  200
POST  case                 reported      302  404  404  404  404  404  422
GET   case                 taken         302  404  404  404  404  404  200
GET   appeal               taken         302  404  404  200  404  404  404
POST  appeal               taken         302  404  404  422  404  404  404
GET   appeal               reported      302  404  404  404  404  404  404

GET   health_live          -             200  200  200  200  200  200  200
GET   health_ready         -             200  200  200  200  200  200  200
GET   metrics              -             404  404  404  404  404  404  404
GET   failed_tasks         -             302  404  404  404  404  404  200
POST  retry_all_tasks      -             302  404  404  404  404  404  302
POST  retry_task           failed        302  404  404  404  404  404  302
POST  forget_task          failed        302  404  404  404  404  404  302

GET   my_searches          -             302  200  200  200  200  200  200
POST  save_search          -             302  302  302  302  302  302  302
GET   rename_search        saved_search  302  404  404  200  404  404  404
POST  rename_search        saved_search  302  404  404  422  404  404  404
POST  forget_search        saved_search  302  302  302  302  302  302  302

GET   suggest_objectives   -             302  200  200  200  200  200  200

GET   groups               -             200  200  200  200  200  200  200

GET   wagtail_serve        programme     200  200  200  200  200  200  200

GET   complain             story         302  200  200  200  200  200  200
"""
