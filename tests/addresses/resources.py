"""Addresses of materials."""

# method, name, thing; guest, unverified, member, owner, colleague, coordinator, staff
TABLE = """
GET   materials_feed        -           200  200  200  200  200  200  200
GET   subject_feed          -           200  200  200  200  200  200  200

GET   material              public      200  200  200  200  200  200  200
GET   material              members     404  200  200  200  200  200  200
GET   material              school      404  404  404  200  200  404  200
GET   material              assessment  404  404  200  200  200  200  200
GET   material              mine        404  404  404  200  404  404  404
GET   material              draft       404  404  404  200  404  404  404
GET   material              hidden      404  404  404  200  404  404  200
GET   material_file         public      200  200  200  200  200  200  200
GET   material_file         members     404  200  200  200  200  200  200
GET   material_file         school      404  404  404  200  200  404  200
GET   material_file         assessment  404  404  200  200  200  200  200
GET   material_file         draft       404  404  404  200  404  404  404
GET   material_file         hidden      404  404  404  200  404  404  200
GET   material_preview      public      200  200  200  200  200  200  200
GET   material_preview      members     404  200  200  200  200  200  200
GET   material_preview      school      404  404  404  200  200  404  200
GET   material_preview      draft       404  404  404  200  404  404  404
POST  keep_material         public      302  302  302  302  302  302  302
POST  keep_material         school      302  404  404  302  302  404  302
POST  keep_material         draft       302  404  404  302  404  404  404
POST  thank_material        public      302  302  302  403  302  302  302
POST  thank_material        school      302  404  404  403  302  404  302
GET   hide_material         public      302  302  302  302  302  302  200
GET   hide_material         school      302  404  404  302  302  404  200
POST  hide_material         public      302  302  302  302  302  302  422
POST  hide_material         draft       302  404  404  302  404  404  404

GET   my_materials          -           302  200  200  200  200  200  200
GET   newest_for_me         -           302  302  302  302  302  302  302
GET   objective             objective   200  200  200  200  200  200  200
GET   saved_materials       -           302  200  200  200  200  200  200
GET   share_material        -           302  200  200  200  200  200  200
POST  share_material        -           302  422  422  422  422  422  422
POST  share_upload          -           401  400  400  400  400  400  400
HEAD  share_upload_piece    -           401  404  404  200  404  404  404
GET   edit_material         public      302  404  404  200  404  404  404
GET   edit_material         draft       302  404  404  200  404  404  404
POST  edit_material         public      302  404  404  422  404  404  404
GET   material_details      draft       302  404  404  200  404  404  404
POST  add_material_file     public      302  404  404  302  404  404  404
POST  file_upload           public      401  404  404  400  404  404  404
HEAD  file_upload_piece     public      401  404  404  404  404  404  404
POST  remove_material_file  public      302  404  404  302  404  404  404
POST  add_material_link     public      302  404  404  422  404  404  404
POST  remove_material_link  public      302  404  404  302  404  404  404
POST  move_material         trash       302  404  404  302  404  404  404
POST  move_material         restore     302  404  404  302  404  404  404
POST  move_material         unpublish   302  404  404  302  404  404  404
"""
