/*
 * Names under localhost are this machine (RFC 6761, 6.3). SDKs put a bucket or an account before the emulator's host, and
 * the resolver of a machine need not know such names.
 */
const dns = require('node:dns');

const { lookup } = dns;
const local = (name, ...others) =>
  Reflect.apply(lookup, dns, [String(name).endsWith('.localhost') ? '127.0.0.1' : name, ...others]);
dns.lookup = Object.assign(local, lookup);
