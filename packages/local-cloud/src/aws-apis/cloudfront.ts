import { randomInt } from 'node:crypto';
import { readInvalidationBatch, writeInvalidation } from './invalidation-xml.ts';
import { ServiceError } from './service-error.ts';

/** Empties caches of a distribution. @returns false when there is no such distribution */
export type Invalidate = (distributionId: string, paths: readonly string[]) => boolean | Promise<boolean>;

export interface Invalidation {
  readonly id: string;
  readonly distributionId: string;
  readonly callerReference: string;
  readonly paths: readonly string[];
  readonly createdAt: Date;
}

/** An answer in XML. */
export interface XmlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Invalidations that GetInvalidation still knows. */
const REMEMBERED = 1000;

const PATH = /^\/2020-05-31\/distribution\/([A-Za-z0-9_-]+)\/invalidation(?:\/([A-Za-z0-9]+))?\/?$/;

/** CloudFront's CreateInvalidation and GetInvalidation (API version 2020-05-31). */
export class CloudFrontApi {
  readonly #invalidate: Invalidate;
  readonly #known = new Map<string, Invalidation>();

  constructor(invalidate: Invalidate) {
    this.#invalidate = invalidate;
  }

  async answer(method: string, path: string, body: string, now: Date): Promise<XmlAnswer> {
    const [, distributionId, id] = PATH.exec(path) ?? [];
    if (distributionId !== undefined && method === 'POST' && id === undefined) {
      return this.#create(distributionId, body, now);
    }
    if (distributionId !== undefined && method === 'GET' && id !== undefined) return this.#get(distributionId, id);
    throw new ServiceError('UnknownOperationException', `${method} ${path} is not known here.`, 404);
  }

  async #create(distributionId: string, body: string, now: Date): Promise<XmlAnswer> {
    const { callerReference, paths } = readInvalidationBatch(body);
    const invalidation = this.#repeated(distributionId, callerReference, paths) ?? {
      id: `I${randomText(13)}`,
      distributionId,
      callerReference,
      paths,
      createdAt: now,
    };
    if (!this.#known.has(invalidation.id)) {
      if (!(await this.#invalidate(distributionId, paths))) throw noSuchDistribution();
      this.#remember(invalidation);
    }
    const location = `/2020-05-31/distribution/${distributionId}/invalidation/${invalidation.id}`;
    return { status: 201, headers: { location }, body: writeInvalidation(invalidation, 'InProgress') };
  }

  /** A caller that repeats a request, because it got no answer, gets the invalidation of the first one. */
  #repeated(distributionId: string, callerReference: string, paths: readonly string[]): Invalidation | undefined {
    for (const known of this.#known.values()) {
      if (known.distributionId !== distributionId || known.callerReference !== callerReference) continue;
      if (known.paths.length === paths.length && known.paths.every((path) => paths.includes(path))) return known;
      throw new ServiceError(
        'InvalidationBatchAlreadyExists',
        'Your request contains a caller reference that was used for a previous invalidation batch.',
      );
    }
    return undefined;
  }

  #get(distributionId: string, id: string): XmlAnswer {
    const invalidation = this.#known.get(id);
    if (!invalidation || invalidation.distributionId !== distributionId) {
      throw new ServiceError('NoSuchInvalidation', 'The specified invalidation does not exist.', 404);
    }
    return { status: 200, headers: {}, body: writeInvalidation(invalidation, 'Completed') };
  }

  #remember(invalidation: Invalidation): void {
    this.#known.set(invalidation.id, invalidation);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }
}

function noSuchDistribution(): ServiceError {
  return new ServiceError('NoSuchDistribution', 'The specified distribution does not exist.', 404);
}

function randomText(length: number): string {
  return Array.from({ length }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[randomInt(36)]).join('');
}
