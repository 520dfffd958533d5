import { useSyncExternalStore } from 'react';

function watcher(query: string) {
  const list = window.matchMedia(query);
  return {
    watch: (tell: () => void) => {
      list.addEventListener('change', tell);
      return () => list.removeEventListener('change', tell);
    },
    now: () => list.matches,
  };
}

const phone = watcher('(max-width: 719px)');

/** Whether the page stands on a phone: tables become cards. */
export function usePhone(): boolean {
  return useSyncExternalStore(phone.watch, phone.now);
}
