/** Tells what is no output of a verb, such as a failure, a question or how far it is. */
export type Tell = (text: string) => void;

export const TO_PEOPLE: Tell = (text) => void process.stderr.write(text);
