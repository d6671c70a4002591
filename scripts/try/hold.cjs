// Loaded before a server: an answer to a request that says `x-hold: <ms>` is held back that long before its end, so that the
// request is in flight while a signal comes.
const { ServerResponse } = require('node:http');

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (...given) {
  const held = Number(this.req?.headers['x-hold'] ?? 0);
  if (held > 0 && !this.isHeld) {
    this.isHeld = true;
    setTimeout(() => end.apply(this, given), held);
    return this;
  }
  return end.apply(this, given);
};
