/** Quotas of CloudFront KeyValueStore (AWS, "Quotas on key value stores"). */
const KEY_CHARACTERS = 512;
const VALUE_CHARACTERS = 1024;
const STORE_BYTES = 5 * 1024 * 1024;

/** @throws for content that the import would refuse */
export function checkStore(id: string, store: ReadonlyMap<string, string>): void {
  let bytes = 0;
  for (const [key, value] of store) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (key.length === 0 || key.length > KEY_CHARACTERS) {
      throw new Error(`The key value store ${id} has the key "${key}"; keys have 1 to ${KEY_CHARACTERS} characters.`);
    }
    if (value.length > VALUE_CHARACTERS) {
      throw new Error(
        `The key value store ${id} has ${value.length} characters under "${key}", ${VALUE_CHARACTERS} are allowed.`,
      );
    }
  }
  if (bytes > STORE_BYTES) throw new Error(`The key value store ${id} has ${bytes} bytes, ${STORE_BYTES} are allowed.`);
}
