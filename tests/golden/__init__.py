"""Golden files, one per form and language: what is sent in, everything that is said, every effect, and the sheet at the end.

    > castries          a reply by text, or a key in a call (`> (message 12 s)` is a recording, `> (nothing)` silence)
    < Item 5. ...       what is said; a call's prompts with their language
    * submit partial    an effect
    = victim_age: ...   an answer of the sheet, at the end

`pytest tests/golden --rewrite-golden` plays the `>` lines of each file anew and writes down what comes; look at the
difference before you keep it.
"""
