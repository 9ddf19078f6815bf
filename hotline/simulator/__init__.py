"""A telephone network on the own machine; it imports nothing of the house.

It plays Twilio at another address, as strictly as the real one: signed webhooks, the REST API, call documents executed,
status callbacks, carrier words, limits. What the carrier would complain about is in `Network.errors`.

Three ways to use it:

* `server.serve(config)`: real time, over HTTP. `/` is the page with the phones, `/2010-04-01/...` the REST API,
  `/gateway/<name>/send` an SMS gateway, `/phones/...` the control of the phones (JSON).
* `Network(config, VirtualClock(start), wsgi_post({origin: app}))` with `app.create_app(network)` for the REST side:
  everything in one process, and time passes only by `advance`, `advance_to` or `tick`. A night takes a second.
* The same with any other `post`, e.g. `server.http_post`.

A night's script reacts through `Network.watch`, and lets things go wrong through `Network.faults` (see `faults`).

Control over HTTP (deeds are POSTs with JSON; refusals are 400 with `error` in words):

* `GET /phones/state` (ETag), `GET /phones/<number>`, `GET` and `DELETE /phones/errors`, `PUT /phones/faults` (a list)
* `POST /phones` with number, name, country, voicemail, hidden, on, rings_before_voicemail
* `POST /phones/<number>/<deed>`: text (to, body), dial (to, hidden, forwarded_from), press (keys), speak (words),
  answer, decline, voicemail, hangup, settings (voicemail, hidden, on)

The page for browser tests: `[data-phone="+1..."]` holds `[data-role=text-body]`, `[data-role=bubbles] [data-direction]`
(with `data-bubble`, `data-segments`), `[data-action=text|dial|answer|decline|voicemail|hangup|speak]`,
`[data-key="1"]`, `[data-role=call][data-call-state=idle|dialing|ringing|live|ended]`,
`[data-role=heard] [data-kind=say|play|person|error|...]`, `[data-role=speak-words]`, `[data-setting=on|voicemail|hidden]`,
`[data-role=voicemail-box]`, `[data-role=refusal]`; beside the phones `#line`, `#aloud`, `#staff-link`,
`#errors[data-count]` with `[data-code]`, `#clear-errors`, `#add-phone`.
"""
