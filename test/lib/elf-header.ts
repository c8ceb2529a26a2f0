/** Start of an ELF file for a processor (System V ABI, "ELF header"). */
export function elfHeader(machine: number, endian: 'little' | 'big' = 'little'): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF', 0, 'latin1');
  header[5] = endian === 'little' ? 1 : 2;
  if (endian === 'little') header.writeUInt16LE(machine, 18);
  else header.writeUInt16BE(machine, 18);
  return header;
}
