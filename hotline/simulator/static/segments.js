"use strict";
// How many segments a text costs, as the carrier counts: shown while somebody types.
const gsmBasic = new Set(document.body.dataset.gsmBasic + "\n\r");
const gsmExtended = new Set(document.body.dataset.gsmExtended + "\f");

function measure(text) {
  const characters = [...text];
  const gsm = characters.every((c) => gsmBasic.has(c) || gsmExtended.has(c));
  const cost = (c) => (gsm ? (gsmExtended.has(c) ? 2 : 1) : c.length);
  const [single, multi] = gsm ? [160, 153] : [70, 67];
  const units = characters.reduce((sum, c) => sum + cost(c), 0);
  let segments = 1;
  if (units > single) {
    let room = multi;
    for (const c of characters) {
      if (cost(c) > room) { segments += 1; room = multi; }
      room -= cost(c);
    }
  }
  return { units, segments, encoding: gsm ? "GSM-7" : "UCS-2", single };
}
