import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Processor of an ELF file (System V ABI, `e_machine`). */
export const ELF_MACHINE = { x64: 62, arm64: 183 } as const;

const HEADER_BYTES = 20;
const MACHINE_OFFSET = 18;
const LITTLE_ENDIAN = 1;

/** `e_machine` of an ELF file; undefined when the file is none. */
export function elfMachine(file: string): number | undefined {
  const header = readStart(file, HEADER_BYTES);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  return header[5] === LITTLE_ENDIAN ? header.readUInt16LE(MACHINE_OFFSET) : header.readUInt16BE(MACHINE_OFFSET);
}

/**
 * Refuses a layer whose native code is for another processor than Lambda's: it would deploy, and then fail at every
 * request.
 * @throws with the file and what it is, or when the folder has no native code at all
 */
export function requireArm64(folder: string): void {
  const native = nativeFiles(folder);
  if (native.length === 0) throw new Error(`The sharp layer in ${folder} has no native code (*.node, *.so).`);
  for (const file of native) {
    const machine = elfMachine(join(folder, file));
    if (machine === ELF_MACHINE.arm64) continue;
    const found = machine === undefined ? 'no Linux binary (ELF) at all' : `for ELF machine ${machine}`;
    throw new Error(
      `The sharp layer must be for Linux on arm64 (ELF machine ${ELF_MACHINE.arm64}), but ${file} is ${found}. ` +
        `Delete ${folder} and synthesize again.`,
    );
  }
}

function nativeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(node|so(\.[\d.]+)?)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function readStart(file: string, bytes: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
