/**
 * The runtime of CloudFront Functions 2.0 as AWS documents it ("JavaScript runtime 2.0 features"), and `charCodeAt`, which
 * the page forgets and AWS's own samples use. The language gate reads these tables, and the sandbox takes everything
 * else away, so that a computed name does not reach further than a written one.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Global names, with what is there inside a function anyway. */
export const DOCUMENTED_GLOBALS = words(
  `Object String Number Boolean Array Math Date RegExp JSON Promise Symbol DataView ArrayBuffer
  Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint8ClampedArray Uint16Array Uint32Array
  TextDecoder TextEncoder Buffer console require globalThis
  Error EvalError InternalError RangeError ReferenceError SyntaxError TypeError URIError
  decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN parseFloat parseInt atob btoa
  NaN Infinity undefined arguments`,
);

/** Functions on constructors; those of other constructors are as in ECMAScript 2015. */
export const DOCUMENTED_STATICS: Readonly<Record<string, ReadonlySet<string>>> = {
  Object: words(
    `assign create defineProperties defineProperty entries freeze getOwnPropertyDescriptor getOwnPropertyDescriptors
    getOwnPropertyNames getPrototypeOf is isExtensible isFrozen isSealed keys preventExtensions seal setPrototypeOf values`,
  ),
  String: words('fromCharCode fromCodePoint'),
  Array: words('isArray of'),
  Promise: words('all allSettled any race reject resolve'),
  Symbol: words('for keyFor'),
  ArrayBuffer: words('isView'),
};

/** Methods of values. */
export const DOCUMENTED_METHODS: Readonly<Record<string, ReadonlySet<string>>> = {
  Object: words('hasOwnProperty isPrototypeOf propertyIsEnumerable toString valueOf'),
  String: words(
    `charAt charCodeAt concat indexOf lastIndexOf match replace search slice split substr substring toLowerCase trim
    toUpperCase codePointAt endsWith includes repeat startsWith padStart padEnd trimStart trimEnd replaceAll
    toString valueOf`,
  ),
  Array: words(
    `concat every filter forEach indexOf join lastIndexOf map pop push reduce reduceRight reverse shift slice some sort
    splice unshift copyWithin fill find findIndex includes toString`,
  ),
  Number: words('toExponential toFixed toPrecision toString valueOf'),
  Function: words('apply bind call toString'),
  Promise: words('catch finally then'),
  TypedArray: words(
    `copyWithin every fill filter find findIndex forEach includes indexOf join lastIndexOf map reduce reduceRight
    reverse some set slice sort subarray toString buffer byteLength byteOffset length`,
  ),
};

/** The modules that `import` and `require` know. */
export const IMPORTED_MODULES: ReadonlySet<string> = new Set(['cloudfront', 'crypto', 'querystring', 'buffer']);
export const REQUIRED_MODULES: ReadonlySet<string> = new Set(['crypto', 'querystring', 'buffer']);

const PROTOTYPES: Readonly<Record<string, object>> = {
  Object: Object.prototype,
  String: String.prototype,
  Array: Array.prototype,
  Number: Number.prototype,
  Function: Function.prototype,
  Promise: Promise.prototype,
  TypedArray: Object.getPrototypeOf(Uint8Array.prototype) as object,
};

/**
 * Names of methods that this machine's engine has and the edge has on no value, neither as a method nor on a
 * constructor: whoever calls one of them means what the edge lacks.
 */
export const UNDOCUMENTED_METHODS: ReadonlySet<string> = new Set(
  Object.values(PROTOTYPES)
    .flatMap((prototype) => Object.entries(Object.getOwnPropertyDescriptors(prototype)))
    .filter(([, { value }]) => typeof value === 'function')
    .map(([name]) => name)
    .filter((name) => name !== 'constructor' && !isDocumentedSomewhere(name)),
);

function isDocumentedSomewhere(name: string): boolean {
  const tables = [...Object.values(DOCUMENTED_METHODS), ...Object.values(DOCUMENTED_STATICS)];
  return tables.some((table) => table.has(name));
}
