import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Folders whose files take long: they start the product, draw hundreds of pictures or build stacks. Vitest knows no durations
 * on a fresh machine and goes by the size of files; one that is short and slow would then run alone at the end.
 */
const LONG = [
  '/test/proofs/small/',
  '/test/product/',
  '/test/browser/',
  '/test/lib/deployment-bundle/',
  '/test/attacks/',
];

const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((folder) => moduleId.includes(folder));

export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
