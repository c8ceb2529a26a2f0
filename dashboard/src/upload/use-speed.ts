import { useEffect, useRef, useState } from 'react';

/** Milliseconds between two looks at how much has left. */
const LOOK = 1000;

/** Looks that the speed is the mean of. */
const LOOKS = 5;

/** @param sent bytes that have left so far @returns bytes per second; undefined while nothing is sent, and until it is known */
export function useSpeed(sent: number, isSending: boolean): number | undefined {
  const newest = useRef(sent);
  newest.current = sent;
  const [speed, setSpeed] = useState<number>();
  useEffect(() => {
    if (!isSending) return setSpeed(undefined);
    const seen = [newest.current];
    const timer = setInterval(() => {
      seen.push(newest.current);
      if (seen.length > LOOKS + 1) seen.shift();
      const bytes = newest.current - (seen[0] ?? 0);
      setSpeed(Math.max(0, bytes / (seen.length - 1) / (LOOK / 1000)));
    }, LOOK);
    return () => clearInterval(timer);
  }, [isSending]);
  return speed;
}
