// Loaded before a server: the answer to a request that says `x-hold` is held back before its end until the file HOLD_UNTIL is there,
// so that the request is in flight while a signal comes.
const { existsSync } = require('node:fs');
const { ServerResponse } = require('node:http');

const { end } = ServerResponse.prototype;
ServerResponse.prototype.end = function (...given) {
  if (!this.req?.headers['x-hold'] || this.isHeld) return end.apply(this, given);
  this.isHeld = true;
  const timer = setInterval(() => {
    if (!existsSync(process.env.HOLD_UNTIL)) return;
    clearInterval(timer);
    end.apply(this, given);
  }, 25);
  return this;
};
