/**
 * Loaded with `--require` into the product and every Node process below it: notes where each of them connects to, before a name is
 * resolved. A process with a permission model is left out: it may not read this file. It is a test's, and in no bundle.
 */
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const { appendFileSync } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const FILE = process.env.RECORD_CONNECTIONS;

const noted = new Set();

function note(to) {
  if (noted.has(to)) return;
  noted.add(to);
  const kind = process.argv.some((one) => one.includes('aws-lambda-ric')) ? 'function' : 'program';
  appendFileSync(FILE, `${JSON.stringify({ kind, to })}\n`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function recordedConnect(...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) note(first.path ? 'unix socket' : (first.host ?? 'localhost'));
  else note(typeof first === 'string' && !/^\d+$/.test(first) ? 'unix socket' : (args[1] ?? 'localhost'));
  return connect.apply(this, args);
};

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function recordedSend(...args) {
  note(`udp ${args.find((one, index) => index > 0 && typeof one === 'string') ?? 'localhost'}`);
  return send.apply(this, args);
};

const { spawn } = childProcess;
childProcess.spawn = function recordedSpawn(command, ...rest) {
  const options = rest.find((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  const args = rest.find(Array.isArray) ?? [];
  if (options?.env && !args.some((one) => String(one).startsWith('--permission'))) {
    options.env = { ...options.env, NODE_OPTIONS: `--require ${__filename}`, RECORD_CONNECTIONS: FILE };
  }
  return spawn.call(this, command, ...rest);
};

syncBuiltinESMExports();
