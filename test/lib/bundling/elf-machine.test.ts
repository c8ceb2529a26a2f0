import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { elfMachine, requireArm64 } from '../../../lib/bundling/elf-machine.ts';
import { temporaryFolder } from '../../temporary-folders.ts';
import { elfHeader } from '../elf-header.ts';

function layerWith(files: Record<string, Buffer>): string {
  const folder = temporaryFolder('layer');
  mkdirSync(join(folder, 'nodejs'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'nodejs', name), bytes);
  return folder;
}

describe('the processor of a binary', () => {
  it.each([
    ['arm64, little endian', elfHeader(183), 183],
    ['x64, little endian', elfHeader(62), 62],
    ['a big endian machine', elfHeader(22, 'big'), 22],
    ['something that is no ELF file', Buffer.from('#!/bin/sh\necho a script that is long enough'), undefined],
    ['a file shorter than a header', Buffer.from('\x7fELF'), undefined],
  ])('is read of %s', (_, bytes, machine) => {
    const folder = layerWith({ 'one.node': bytes });

    expect(elfMachine(join(folder, 'nodejs/one.node'))).toBe(machine);
  });
});

describe('a layer', () => {
  it('is accepted when all its native code is for arm64', () => {
    const folder = layerWith({
      'sharp.node': elfHeader(183),
      'libvips.so.42': elfHeader(183),
      'index.js': Buffer.from(''),
    });

    expect(() => requireArm64(folder)).not.toThrow();
  });

  it('is refused when one binary is for another processor, by name', () => {
    const folder = layerWith({ 'sharp.node': elfHeader(183), 'libvips-cpp.so.8.18.3': elfHeader(62) });

    expect(() => requireArm64(folder)).toThrow(
      /must be for Linux on arm64 \(ELF machine 183\), but nodejs\/libvips-cpp\.so\.8\.18\.3 is for ELF machine 62\. Delete/,
    );
  });

  it('is refused when a binary is for another system', () => {
    const folder = layerWith({ 'sharp.node': Buffer.from('cffaedfe0c000001000000000800000000000000', 'hex') });

    expect(() => requireArm64(folder)).toThrow(/sharp\.node is no Linux binary/);
  });

  it('is refused without native code', () => {
    expect(() => requireArm64(layerWith({ 'index.js': Buffer.from('') }))).toThrow(/has no native code/);
  });
});
