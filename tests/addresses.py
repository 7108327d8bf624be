"""Every address of the portal's own, and what each reader is answered there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

from .world import READERS

# What a reader may not see answers 404, exactly like what does not exist. 302 leads a guest to the sign-in page; an upload says 401.
# `thing` is one of tests/world.py; a verb of `move_material` stands for itself, done to the public material.
TABLE = """
method name                   thing       guest unverified member owner colleague coordinator staff
GET    root                   -           302   302        302    302   302       302         302
POST   set_look               -           302   302        302    302   302       302         302
POST   dismiss_banner         public      302   302        302    302   302       302         302
GET    home                   -           200   200        200    200   200       200         200
GET    search                 -           200   200        200    200   200       200         200
GET    suggest_anything       -           200   200        200    200   200       200         200
POST   set_own_first          -           302   302        302    302   302       302         302
POST   note_asking            -           204   204        204    204   204       204         204
GET    materials              -           200   200        200    200   200       200         200
GET    robots                 -           200   200        200    200   200       200         200
GET    sitemaps               -           200   200        200    200   200       200         200
GET    sitemap                -           200   200        200    200   200       200         200
GET    pages_feed             -           200   200        200    200   200       200         200
GET    section_feed           section     200   200        200    200   200       200         200
GET    section_feed           article     404   404        404    404   404       404         404
GET    materials_feed         -           200   200        200    200   200       200         200
GET    subject_feed           -           200   200        200    200   200       200         200
GET    events_calendar        -           200   200        200    200   200       200         200
GET    event_calendar         event       200   200        200    200   200       200         200
GET    event_calendar         article     404   404        404    404   404       404         404
GET    page_languages         article     302   302        302    302   302       302         302
GET    wagtail_serve          article     200   200        200    200   200       200         200
GET    wagtail_serve          section     200   200        200    200   200       200         200
GET    wagtail_serve          event       200   200        200    200   200       200         200
GET    wagtail_serve          events      200   200        200    200   200       200         200
GET    wagtailcore_login      -           302   302        302    302   302       302         302
GET    import_page            -           302   302        302    302   302       302         302
GET    sent_mail              -           200   200        200    200   200       200         200

GET    welcome                -           302   200        200    200   200       200         200
POST   welcome                -           302   422        422    422   422       422         422
GET    start                  -           302   200        200    200   200       200         200
POST   agree                  -           302   302        302    302   302       302         302
GET    edit_profile           -           302   200        200    200   200       200         200
POST   edit_profile           -           302   422        422    422   422       422         422
GET    change_school          -           302   200        200    200   200       200         200
POST   change_school          -           302   422        422    422   422       422         422
GET    my_data                -           302   200        200    200   200       200         200
POST   ask_for_data           -           302   302        302    302   302       302         302
GET    data_archive           -           302   302        302    302   302       302         302
GET    leave                  -           302   302        302    302   302       302         302
POST   leave                  -           302   302        302    302   302       302         302
POST   stay                   -           302   302        302    302   302       302         302
GET    suggest_schools        -           302   200        200    200   200       200         200
GET    school                 workplace   200   200        200    200   200       200         200
GET    school                 proposal    404   200        404    404   404       404         200
GET    people                 -           200   200        200    200   200       200         200
GET    person                 owner       200   200        200    200   200       200         200
GET    confirmations          -           302   403        403    403   403       200         200
POST   confirm                position    302   404        404    404   404       302         302
GET    unconfirm              confirmed   302   404        404    404   404       200         200
POST   unconfirm              confirmed   302   404        404    404   404       422         422
GET    unconfirm              position    302   404        404    404   404       404         404
POST   unconfirm              position    302   404        404    404   404       422         422
GET    invitations            -           302   404        404    404   404       200         200
POST   invitations            -           302   404        404    404   404       422         422
POST   withdraw_invitation    invitation  302   404        404    404   404       302         404
GET    invitation             invitation  200   200        200    200   200       200         200
POST   invitation             invitation  302   302        302    302   302       403         302
GET    proposals              -           302   404        404    404   404       404         200
GET    proposal               proposal    302   404        404    404   404       404         200
POST   proposal               proposal    302   404        404    404   404       404         200
GET    notices                -           302   200        200    200   200       200         200
GET    bell                   -           204   200        200    200   200       200         200
POST   open_notice            notice      302   404        404    302   404       404         404
POST   read_all_notices       -           302   302        302    302   302       302         302
GET    notice_settings        -           302   200        200    200   200       200         200
POST   notice_settings        -           302   422        422    422   422       422         422
GET    unsubscribe            letter      200   200        200    200   200       200         200
POST   unsubscribe            letter      200   200        200    200   200       200         200
POST   try_mail_again         -           302   302        302    302   302       302         302
GET    complaints             -           302   404        404    404   404       404         200
GET    complain               public      302   200        200    200   200       200         200
GET    complain               members     302   200        200    200   200       200         200
GET    complain               school      302   404        404    200   200       404         200
GET    complain               draft       302   404        404    404   404       404         404
POST   complain               public      302   422        422    422   422       422         422
POST   complain               school      302   404        404    422   422       404         422
GET    complain               owner       302   200        200    404   200       200         200
POST   complain               owner       302   422        422    404   422       422         422
POST   block                  owner       302   302        302    404   302       302         302
GET    blocked_people         -           302   200        200    200   200       200         200
GET    suspend                owner       302   404        404    404   404       404         200
GET    suspend                staff       302   404        404    404   404       404         404
POST   suspend                owner       302   404        404    404   404       404         422
GET    acts                   -           302   404        404    404   404       404         200
GET    my_complaints          -           302   200        200    200   200       200         200
GET    case                   reported    302   404        404    404   404       404         200
POST   case                   reported    302   404        404    404   404       404         422
GET    case                   taken       302   404        404    404   404       404         200
GET    appeal                 taken       302   404        404    200   404       404         404
POST   appeal                 taken       302   404        404    422   404       404         404
GET    appeal                 reported    302   404        404    404   404       404         404

GET    health_live            -           200   200        200    200   200       200         200
GET    health_ready           -           200   200        200    200   200       200         200
GET    metrics                -           404   404        404    404   404       404         404
GET    failed_tasks           -           302   404        404    404   404       404         200
POST   retry_all_tasks        -           302   404        404    404   404       404         302
POST   retry_task             failed      302   404        404    404   404       404         302
POST   forget_task            failed      302   404        404    404   404       404         302

GET    my_searches            -             302   200        200    200   200       200         200
POST   save_search            -             302   302        302    302   302       302         302
GET    rename_search          saved_search  302   404        404    200   404       404         404
POST   rename_search          saved_search  302   404        404    422   404       404         404
POST   forget_search          saved_search  302   302        302    302   302       302         302

GET    material               public      200   200        200    200   200       200         200
GET    material               members     404   200        200    200   200       200         200
GET    material               school      404   404        404    200   200       404         200
GET    material               assessment  404   404        200    200   200       200         200
GET    material               mine        404   404        404    200   404       404         404
GET    material               draft       404   404        404    200   404       404         404
GET    material               hidden      404   404        404    200   404       404         200
GET    material_file          public      200   200        200    200   200       200         200
GET    material_file          members     404   200        200    200   200       200         200
GET    material_file          school      404   404        404    200   200       404         200
GET    material_file          assessment  404   404        200    200   200       200         200
GET    material_file          draft       404   404        404    200   404       404         404
GET    material_file          hidden      404   404        404    200   404       404         200
GET    material_preview       public      200   200        200    200   200       200         200
GET    material_preview       members     404   200        200    200   200       200         200
GET    material_preview       school      404   404        404    200   200       404         200
GET    material_preview       draft       404   404        404    200   404       404         404
POST   keep_material          public      302   302        302    302   302       302         302
POST   keep_material          school      302   404        404    302   302       404         302
POST   keep_material          draft       302   404        404    302   404       404         404
POST   thank_material         public      302   302        302    403   302       302         302
POST   thank_material         school      302   404        404    403   302       404         302
GET    hide_material          public      302   302        302    302   302       302         200
GET    hide_material          school      302   404        404    302   302       404         200
POST   hide_material          public      302   302        302    302   302       302         422
POST   hide_material          draft       302   404        404    302   404       404         404

GET    group_feed             open-group     200   200        200    200   200       200         200
GET    group_feed             request-group  404   404        404    404   404       404         404
GET    group_feed             hidden-group   404   404        404    404   404       404         404

GET    group_export           open-group     302   302        302    302   302       302         302
POST   group_export           hidden-group   302   302        302    302   302       302         302
GET    group_archive_file     open-group     302   302        302    302   302       302         302

GET    suggest_objectives     -           302   200        200    200   200       200         200
GET    my_materials           -           302   200        200    200   200       200         200
GET    newest_for_me          -           302   302        302    302   302       302         302
GET    objective              objective   200   200        200    200   200       200         200
GET    saved_materials        -           302   200        200    200   200       200         200
GET    share_material         -           302   200        200    200   200       200         200
POST   share_material         -           302   422        422    422   422       422         422
POST   share_upload           -           401   400        400    400   400       400         400
HEAD   share_upload_piece     -           401   404        404    200   404       404         404
GET    edit_material          public      302   404        404    200   404       404         404
GET    edit_material          draft       302   404        404    200   404       404         404
POST   edit_material          public      302   404        404    422   404       404         404
GET    material_details       draft       302   404        404    200   404       404         404
POST   add_material_file      public      302   404        404    302   404       404         404
POST   file_upload            public      401   404        404    400   404       404         404
HEAD   file_upload_piece      public      401   404        404    404   404       404         404
POST   remove_material_file   public      302   404        404    302   404       404         404
POST   add_material_link      public      302   404        404    422   404       404         404
POST   remove_material_link   public      302   404        404    302   404       404         404
POST   move_material          trash       302   404        404    302   404       404         404
POST   move_material          restore     302   404        404    302   404       404         404
POST   move_material          unpublish   302   404        404    302   404       404         404

GET    groups                 -             200   200        200    200   200       200         200
GET    found_group            -             302   403        200    200   200       200         200
POST   found_group            -             302   403        422    422   422       422         422
GET    group                  open-group    200   200        200    200   200       200         200
GET    group                  request-group 200   200        200    200   200       200         200
GET    group                  hidden-group  404   404        404    200   200       404         404
GET    group_about            open-group    200   200        200    200   200       200         200
GET    group_about            request-group 404   404        404    200   200       404         404
GET    group_about            hidden-group  404   404        404    200   200       404         404
GET    group_members          open-group    200   200        200    200   200       200         200
GET    group_members          request-group 404   404        404    200   200       404         404
GET    group_members          hidden-group  404   404        404    200   200       404         404
GET    group_files            open-group    200   200        200    200   200       200         200
GET    group_files            request-group 404   404        404    200   200       404         404
GET    group_files            hidden-group  404   404        404    200   200       404         404
GET    group_materials        open-group    200   200        200    200   200       200         200
GET    group_materials        request-group 404   404        404    200   200       404         404
GET    group_materials        hidden-group  404   404        404    200   200       404         404
GET    group_picture          open-group    404   404        404    404   404       404         404
GET    group_picture          hidden-group  404   404        404    404   404       404         404
GET    change_group_picture   open-group    302   404        404    200   404       404         200
GET    change_group_picture   hidden-group  302   404        404    200   404       404         404
POST   change_group_picture   open-group    302   404        404    422   404       404         422
GET    edit_group             open-group    302   404        404    200   404       404         200
GET    edit_group             request-group 302   404        404    200   404       404         404
GET    edit_group             hidden-group  302   404        404    200   404       404         404
POST   edit_group             open-group    302   404        404    422   404       404         422
POST   archive_group          open-group    302   404        404    302   404       404         302
POST   archive_group          hidden-group  302   404        404    302   404       404         404
POST   join_group             open-group    302   302        302    302   302       302         302
POST   join_group             request-group 302   302        302    302   302       302         302
POST   join_group             hidden-group  302   404        404    302   302       404         404
GET    leave_group            open-group    302   302        302    200   200       302         302
GET    leave_group            hidden-group  302   404        404    200   200       404         404
POST   leave_group            open-group    302   302        302    422   302       302         302
POST   leave_group            hidden-group  302   404        404    422   302       404         404
POST   take_back_request      request-group 302   302        302    302   302       302         302
POST   take_back_request      hidden-group  302   404        404    302   302       404         404
GET    group_requests         open-group    302   404        404    200   404       404         200
GET    group_requests         request-group 302   404        404    200   404       404         404
GET    group_requests         hidden-group  302   404        404    200   404       404         404
POST   decide_request         request-group 302   404        404    302   404       404         404
POST   set_group_role         open-group    302   404        404    404   404       404         404
GET    remove_member          open-group    302   404        404    200   404       404         200
GET    remove_member          hidden-group  302   404        404    200   404       404         404
POST   remove_member          open-group    302   404        404    422   404       404         422
POST   lift_exclusion         open-group    302   404        404    302   404       404         302
POST   lift_exclusion         hidden-group  302   404        404    302   404       404         404
GET    group_exclusions       open-group    302   404        404    200   404       404         200
GET    group_exclusions       hidden-group  302   404        404    200   404       404         404
GET    group_invitations      open-group    302   404        404    200   404       404         200
GET    group_invitations      hidden-group  302   404        404    200   404       404         404
POST   group_invitations      hidden-group  302   404        404    302   404       404         404
POST   withdraw_group_invitation open-group 302   404        404    302   404       404         302
GET    group_invitation       hidden-group  200   200        200    302   302       200         200
POST   group_invitation       hidden-group  302   302        302    302   302       302         302
GET    visit_group            open-group    302   404        404    404   404       404         302
GET    visit_group            request-group 302   404        404    404   404       404         200
GET    visit_group            hidden-group  302   404        404    404   404       404         200
POST   visit_group            hidden-group  302   404        404    404   404       404         422

GET    my_groups              -               302   200        200    200   200       200         200
POST   read_everything        -               302   302        302    302   302       302         302
GET    unanswered             -               200   200        200    200   200       200         200
GET    bookmarks              -               302   200        200    200   200       200         200
POST   read_group             open-group      302   404        404    302   302       404         404
POST   read_group             hidden-group    302   404        404    302   302       404         404
POST   follow_group           open-group      302   404        404    400   400       404         404
POST   follow_group           hidden-group    302   404        404    400   400       404         404
POST   read_topic             open-topic      302   400        400    400   400       400         400
POST   read_topic             hidden-topic    302   404        404    400   400       404         404
POST   follow_topic           open-topic      302   404        404    302   302       404         404
POST   follow_topic           hidden-topic    302   404        404    302   302       404         404
POST   keep_post              open-post       302   302        302    302   302       302         302
POST   keep_post              request-post    302   404        404    302   302       404         404
POST   keep_post              hidden-post     302   404        404    302   302       404         404

GET    ask                    open-group    302   200        200    200   200       200         200
GET    ask                    request-group 302   404        404    200   200       404         404
GET    ask                    hidden-group  302   404        404    200   200       404         404
POST   ask                    open-group    302   422        422    422   422       422         422
POST   ask                    hidden-group  302   404        404    422   422       404         404
GET    people_to_name         open-group    302   200        200    200   200       200         200
GET    people_to_name         hidden-group  302   404        404    200   200       404         404
POST   preview_post           -             302   200        200    200   200       200         200
GET    similar_topics         -             302   200        200    200   200       200         200
GET    topic                  open-topic    200   200        200    200   200       200         200
GET    topic                  request-topic 404   404        404    200   200       404         404
GET    topic                  hidden-topic  404   404        404    200   200       404         404
GET    topic_post             open-topic    200   200        200    200   200       200         200
GET    topic_post             hidden-topic  404   404        404    200   200       404         404
GET    topic_unread           open-topic    302   302        302    302   302       302         302
GET    topic_unread           hidden-topic  404   404        404    302   302       404         404
GET    post_file              open-topic    200   200        200    200   200       200         200
GET    post_file              hidden-topic  404   404        404    200   200       404         404
GET    post_file_preview      open-topic    200   200        200    200   200       200         200
GET    post_file_preview      request-topic 404   404        404    200   200       404         404
GET    reply                  open-topic    302   200        200    200   200       200         200
GET    reply                  hidden-topic  302   404        404    200   200       404         404
POST   reply                  open-topic    302   422        422    422   422       422         422
POST   reply                  request-topic 302   404        404    422   422       404         404
GET    edit_post              open-post     302   404        404    200   404       404         404
POST   edit_post              open-post     302   404        404    422   404       404         404
POST   solve                  open-post     302   403        403    403   403       403         403
POST   solve                  hidden-post   302   404        404    403   403       404         404
POST   draft                  open-group    302   204        204    204   204       204         204
POST   draft                  hidden-topic  302   404        404    204   204       404         404
POST   draft_upload           open-topic    401   400        400    400   400       400         400
POST   draft_upload           hidden-topic  401   404        404    400   400       404         404
HEAD   draft_upload_piece     open-topic    401   404        404    404   404       404         404
GET    draft_file             draft-file    302   404        404    200   404       404         404
POST   drop_draft_file        draft-file    302   404        404    302   404       404         404
GET    topics_about           public        200   200        200    200   200       200         200
GET    topics_about           draft         404   404        404    404   404       404         404
GET    begin_about            public        302   302        302    302   302       302         302
GET    post_history           open-topic    200   200        200    200   200       200         200
GET    post_history           hidden-topic  404   404        404    200   200       404         404
GET    change_topic           open-topic    302   404        404    200   404       404         200
GET    change_topic           hidden-topic  302   404        404    200   404       404         404
POST   change_topic           open-topic    302   404        404    422   404       404         422
GET    hide_topic             open-topic    302   404        404    200   404       404         200
POST   hide_topic             open-topic    302   404        404    422   404       404         422
GET    delete_topic           open-topic    302   404        404    200   404       404         200
POST   delete_topic           open-topic    302   404        404    302   404       404         422
GET    move_topic             open-topic    302   404        404    200   404       404         200
POST   move_topic             hidden-topic  302   404        404    422   404       404         404
GET    split_topic            open-topic    302   404        404    200   404       404         200
POST   split_topic            open-topic    302   404        404    422   404       404         422
POST   switch_topic           open-topic    302   404        404    302   404       404         302
POST   switch_topic           hidden-topic  302   404        404    302   404       404         404
GET    held                   open-group    302   404        404    200   404       404         200
GET    held                   hidden-group  302   404        404    200   404       404         404
POST   decide_held            open-post     302   404        404    302   404       404         302
GET    hide_post              open-post     302   404        404    200   404       404         200
POST   hide_post              open-post     302   404        404    422   404       404         422
GET    delete_post            open-post     302   404        404    200   404       404         200
POST   delete_post            hidden-post   302   404        404    403   404       404         404

GET    catalogue              -             200  200        200    200   200       200         200
GET    cohort                 cohort        200  200        200    200   200       200         200
GET    cohort                 draft-cohort  404  404        404    200   404       404         200
GET    wagtail_serve          programme     200  200        200    200   200       200         200
GET    found_cohort           -             302  404        404    404   404       404         200
POST   found_cohort           -             302  404        404    404   404       404         422
GET    cohort_course          cohort        302  404        404    200   200       404         404
GET    cohort_course          draft-cohort  302  404        404    404   404       404         404
GET    cohort_team            cohort        302  404        404    200   200       404         200
GET    cohort_team            draft-cohort  302  404        404    200   404       404         200
POST   cohort_team            cohort        302  404        404    422   404       404         422
POST   end_cohort_role        cohort        302  404        404    302   404       404         302
GET    cohort_settings        cohort        302  404        404    200   404       404         200
POST   cohort_settings        cohort        302  404        404    422   404       404         422
POST   move_cohort            cohort        302  404        404    422   404       404         422

GET    apply                     cohort             302  302        302    200   200       200         200
GET    apply                     draft-cohort       302  404        404    200   404       404         200
POST   apply                     cohort             302  302        302    422   302       302         302
POST   apply                     draft-cohort       302  404        404    422   404       404         422
GET    my_applications           -                  302  200        200    200   200       200         200
GET    application               application        302  404        200    200   404       404         404
GET    application               draft-application  302  200        404    404   404       404         404
GET    application               read-application   302  404        200    200   404       200         404
POST   application               application        302  404        302    302   404       404         404
POST   application               draft-application  302  422        404    404   404       404         404
GET    submit_application        draft-application  302  200        404    404   404       404         404
GET    submit_application        application        302  404        404    404   404       404         404
POST   submit_application        draft-application  302  422        404    404   404       404         404
POST   reopen_application        application        302  404        302    404   404       404         404
GET    withdraw_application      application        302  404        200    404   404       404         404
POST   withdraw_application      application        302  404        302    404   404       404         404
GET    application_file          draft-application  302  200        404    404   404       404         404
POST   application_upload        draft-application  401  400        404    404   404       404         404
HEAD   application_upload_piece  draft-application  401  404        404    404   404       404         404
POST   drop_application_file     draft-application  302  302        404    404   404       404         404
GET    ask_endorsement           application        302  404        200    404   404       404         404
POST   ask_endorsement           application        302  404        422    404   404       404         404
POST   withdraw_endorsement      draft-application  302  302        404    404   404       404         404
GET    endorse                   endorsement        200  200        200    200   200       200         200
POST   endorse                   endorsement        422  200        422    422   422       422         422
GET    cohort_questions          selection-cohort   302  404        404    200   404       404         200
POST   cohort_questions          selection-cohort   302  404        404    422   404       404         422
GET    cohort_question           question           302  404        404    200   404       404         200
POST   cohort_question           question           302  404        404    422   404       404         422
POST   remove_question           question           302  404        404    302   404       404         302
GET    cohort_stages             selection-cohort   302  404        404    200   404       404         200
POST   cohort_stages             selection-cohort   302  404        404    422   404       404         422
GET    cohort_stage              test-stage         302  404        404    200   404       404         200
POST   cohort_stage              test-stage         302  404        404    422   404       404         422
POST   remove_stage              test-stage         302  404        404    302   404       404         302
POST   lead_on                   test-stage         302  404        404    302   404       404         404
GET    cohort_applications       selection-cohort   302  404        404    200   404       404         404
POST   decide_applications       selection-cohort   302  404        404    302   404       404         404
GET    selection_run             selection-run      302  404        404    200   404       404         404
POST   stop_selection_run        selection-run      302  404        404    302   404       404         404
POST   take_decision_back        read-application   302  404        404    302   404       404         404
GET    decision_words            selection-cohort   302  404        404    200   404       404         404
POST   decision_words            selection-cohort   302  404        404    302   404       404         404
GET    reviewers                 review-stage       302  404        404    200   404       404         404
POST   reviewers                 review-stage       302  404        404    302   404       404         404
GET    reviewers                 test-stage         302  404        404    404   404       404         404
GET    my_programmes             -                  302  200        200    200   200       200         200
GET    my_reviews                -                  302  200        200    200   200       200         200
GET    review                    review             302  404        404    404   404       200         404
POST   review                    review             302  404        404    404   404       302         404
GET    review_conflict           review             302  404        404    404   404       200         404
POST   review_conflict           review             302  404        404    404   404       422         404
GET    stage_scores              test-stage         302  404        404    200   404       404         404
POST   stage_scores              test-stage         302  404        404    422   404       404         404
GET    stage_scores              review-stage       302  404        404    404   404       404         404
GET    score_list                test-stage         302  404        404    200   404       404         404
GET    score_import              scores             302  404        404    200   404       404         404
POST   score_import              scores             302  404        404    302   404       404         404
POST   put_score                 read-application   302  404        404    404   404       404         404

GET    assignments            cohort        302  404        404    200   200       404         404
GET    new_assignment         cohort        302  404        404    200   404       404         404
POST   new_assignment         cohort        302  404        404    422   404       404         404
GET    assignment             assignment    302  404        404    200   200       404         404
POST   assignment             assignment    302  404        404    404   422       404         404
GET    edit_assignment        assignment    302  404        404    200   404       404         404
POST   edit_assignment        assignment    302  404        404    422   404       404         404
POST   move_assignment        assignment    302  404        404    302   404       404         404
GET    extend_assignment      assignment    302  404        404    200   404       404         404
POST   extend_assignment      assignment    302  404        404    422   404       404         404
GET    submission             work          302  404        404    200   200       404         404
GET    submission_file        work          302  404        404    200   200       404         404
POST   drop_submission_file   work          302  404        404    404   404       404         404
POST   work_upload            assignment    401  404        404    404   400       404         404
HEAD   work_upload_piece      assignment    401  404        404    404   404       404         404
POST   take_back_submission   work          302  404        404    404   302       404         404
GET    assess                 work          302  404        404    200   404       404         404
POST   assess                 work          302  404        404    422   404       404         404
GET    external_result        seat          302  404        404    200   404       404         404
POST   external_result        seat          302  404        404    422   404       404         404

GET    seats                  cohort        302  404        404    200   404       404         404
GET    change_capacity        cohort        302  404        404    200   404       404         200
POST   change_capacity        cohort        302  404        404    422   404       404         422
GET    enrolment              seat          302  404        404    200   200       404         404
POST   accept_offer           seat          302  404        404    404   302       404         404
POST   decline_offer          seat          302  404        404    404   302       404         404
GET    withdraw_from_cohort   seat          302  404        404    404   200       404         404
POST   withdraw_from_cohort   seat          302  404        404    404   302       404         404
GET    manage_seat            seat          302  404        404    200   404       404         404
POST   manage_seat            seat          302  404        404    422   404       404         404
GET    transfer               seat          302  404        404    200   404       404         404
POST   transfer               seat          302  404        404    422   404       404         404

GET    meetings               cohort        302  404        404    200   200       404         404
GET    meetings               draft-cohort  302  404        404    404   404       404         404
GET    new_meeting            cohort        302  404        404    200   404       404         404
POST   new_meeting            cohort        302  404        404    422   404       404         404
GET    meeting                meeting       302  404        404    200   200       404         404
GET    edit_meeting           meeting       302  404        404    200   404       404         404
POST   edit_meeting           meeting       302  404        404    422   404       404         404
GET    cancel_meeting         meeting       302  404        404    200   404       404         404
POST   cancel_meeting         meeting       302  404        404    422   404       404         404
GET    add_cohort_material    cohort        302  404        404    200   404       404         404
POST   add_cohort_material    cohort        302  404        404    422   404       404         404
GET    add_meeting_material   meeting       302  404        404    200   404       404         404
POST   add_meeting_material   meeting       302  404        404    422   404       404         404
POST   drop_cohort_material   reading       302  404        404    302   404       404         404
GET    roster                 meeting       302  404        404    200   404       404         404
POST   roster                 meeting       302  404        404    302   404       404         404
GET    attendance_sheet       meeting       302  404        404    200   404       404         404
GET    meeting_qr             meeting       302  404        404    200   404       404         404
GET    check_in               old-code      302  422        422    422   422       422         422
POST   check_in               old-code      302  422        422    422   422       422         422
POST   renew_calendar         -             302  302        302    302   302       302         302
GET    calendar_feed          calendar      200  200        200    200   200       200         200
GET    mentees                -             302  200        200    200   200       200         200
GET    mentors                cohort        302  404        404    200   404       404         404
POST   give_mentors           cohort        302  404        404    302   404       404         404
GET    mentoring              seat          302  404        404    200   200       404         404
GET    record_mentor_meeting  seat          302  404        404    200   404       404         404
POST   record_mentor_meeting  seat          302  404        404    422   404       404         404
GET    edit_mentor_meeting    mentor-meeting  302  404      404    200   404       404         404
POST   edit_mentor_meeting    mentor-meeting  302  404      404    422   404       404         404
POST   settle_agreement       agreement     302  404        404    302   302       404         404
GET    start_project          seat          302  404        404    404   302       404         404
POST   start_project          seat          302  404        404    404   302       404         404
GET    project                project       302  404        404    200   200       404         404
GET    edit_project           project       302  404        404    404   200       404         404
POST   edit_project           project       302  404        404    404   422       404         404
POST   move_project           project       302  404        404    404   302       404         404
GET    new_indicator          project       302  404        404    404   200       404         404
POST   new_indicator          project       302  404        404    404   422       404         404
GET    edit_indicator         indicator     302  404        404    404   200       404         404
POST   edit_indicator         indicator     302  404        404    404   422       404         404
POST   drop_indicator         indicator     302  404        404    404   302       404         404
GET    new_result             indicator     302  404        404    404   200       404         404
POST   new_result             indicator     302  404        404    404   422       404         404
POST   drop_result            result        302  404        404    404   302       404         404
GET    project_team           project       302  404        404    404   200       404         404
POST   project_team           project       302  404        404    404   422       404         404
POST   remove_project_member  project       302  404        404    404   404       404         404
GET    new_milestone          project       302  404        404    404   200       404         404
POST   new_milestone          project       302  404        404    404   422       404         404
GET    milestone              milestone     302  404        404    200   200       404         404
GET    edit_milestone         milestone     302  404        404    404   200       404         404
POST   edit_milestone         milestone     302  404        404    404   422       404         404
POST   move_milestone         milestone     302  404        404    404   302       404         404
POST   decide_milestone       milestone     302  404        404    422   404       404         404
POST   drop_milestone         milestone     302  404        404    404   302       404         404
POST   add_evidence           milestone     302  404        404    404   422       404         404
POST   evidence_upload        milestone     401  404        404    404   400       404         404
HEAD   evidence_upload_piece  milestone     401  404        404    404   404       404         404
POST   describe_evidence      evidence      302  404        404    404   422       404         404
GET    evidence               evidence      302  404        404    200   200       404         404
POST   drop_evidence          evidence      302  404        404    404   302       404         404
GET    write_story            project       302  404        404    404   200       404         404
POST   write_story            project       302  404        404    404   422       404         404
GET    story                  story         200  200        200    200   200       200         200
POST   agree_to_story         story         302  404        404    404   404       404         404
POST   move_story             story         302  404        404    404   302       404         404
GET    complain               story         302  200        200    200   200       200         200

GET    my_progress            cohort        302  404        404    404   200       404         404
GET    progress               seat          302  404        404    200   200       404         404
GET    my_certificates        -                  302  200        200    200   200       200         200
GET    certificate            certificate        302  404        404    200   200       404         200
GET    certificate_sheet      certificate        302  404        404    200   200       404         200
GET    revoke_certificate     certificate        302  404        404    200   404       404         200
POST   revoke_certificate     certificate        302  404        404    422   404       404         422
GET    replace_certificate    certificate        302  404        404    200   404       404         200
POST   replace_certificate    certificate        302  404        404    422   404       404         422
GET    register               -                  302  404        404    404   404       404         200
GET    register_csv           -                  302  404        404    404   404       404         200
GET    cohort_certificates    certified-cohort   302  404        404    200   404       404         200
GET    cohort_certificates_csv certified-cohort  302  404        404    200   404       404         200
GET    without_certificate    certified-cohort   302  404        404    200   404       404         404
POST   issue_certificates     certified-cohort   302  404        404    302   404       404         404
POST   issue_certificate      certified-seat     302  404        404    302   404       404         404
GET    issue_run              issue-run          302  404        404    200   404       404         404
GET    check_certificate      -                  200  200        200    200   200       200         200
GET    verify_certificate     certificate        200  200        200    200   200       200         200
GET    verify_certificate     no-certificate     404  404        404    404   404       404         404

GET    dashboard              cohort        302  404        404    200   404       404         404
GET    dashboard_csv          cohort        302  404        404    200   404       404         404
GET    dashboard_xlsx         cohort        302  404        404    200   404       404         404
"""
COLUMNS, *LINES = [line.split() for line in TABLE.splitlines() if line]


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    thing: str
    statuses: tuple[int, ...]

    def address(self, world, language: str = "kk") -> str:
        return world.address(self.name, self.thing, language)

    def expected(self) -> dict[str, int]:
        return dict(zip(READERS, self.statuses, strict=True))


ROWS = [Row(method, name, thing, tuple(map(int, statuses))) for method, name, thing, *statuses in LINES]
READS = [row for row in ROWS if row.method == "GET"]
FILES = (
    "group_picture",
    "material_file",
    "material_preview",
    "post_file",
    "post_file_preview",
    "submission_file",
    "dashboard_csv",
    "dashboard_xlsx",
    "cohort_certificates_csv",
    "register_csv",
    "certificate_sheet",
    "evidence",
    "draft_file",
    "application_file",
    "score_list",
    "event_calendar",
    "events_calendar",
    "calendar_feed",
)
FEEDS = ("robots", "sitemaps", "sitemap", "pages_feed", "section_feed", "materials_feed", "subject_feed", "group_feed")
NO_PAGES = (*FILES, *FEEDS, "health_live", "health_ready", "metrics", "bell")
PAGES = [row for row in READS if row.name not in NO_PAGES]

# Wagtail's and allauth's own pages; sizes of the editors' pictures are files of the web server.
FOREIGN = ("cms/", "documents/", "accounts/", "media/images/")


def every_pattern(resolver=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield whole, pattern
        else:
            yield from every_pattern(pattern, whole)


def without_language(whole: str) -> str:
    return (whole.partition("/")[2] if whole[:3] in ("kk/", "ru/", "en/") else whole).lstrip("^")


def own_patterns() -> list[URLPattern]:
    return [pattern for whole, pattern in every_pattern() if not without_language(whole).startswith(FOREIGN)]


def names_under(prefix: str) -> list[str]:
    """Names of the addresses below `prefix` that ask for nothing more."""
    found = [(without_language(whole), pattern.name) for whole, pattern in every_pattern()]
    return [name for whole, name in found if whole.startswith(prefix) and "<" not in whole]
