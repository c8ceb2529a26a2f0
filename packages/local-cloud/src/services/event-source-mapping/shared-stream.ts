import type { TableStream } from '../dynamodb/table-stream.ts';

/**
 * Lets several readers have a stream of their own: a record is removed when the last of them has forgotten it. After a restart,
 * records that one had forgotten and another had not come again to both.
 */
export function shareStream(stream: TableStream, readers: number): readonly TableStream[] {
  const forgotten: number[] = Array.from({ length: readers }, () => 0);
  let removed = 0;
  return forgotten.map((_, reader) => ({
    read: (afterId, limit) => stream.read(Math.max(afterId, forgotten[reader] ?? 0), limit),
    forget: async (upToId) => {
      forgotten[reader] = upToId;
      const slowest = Math.min(...forgotten);
      if (slowest > removed) await stream.forget(slowest);
      removed = slowest;
    },
  }));
}
