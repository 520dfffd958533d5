import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'tasks', lazy: () => import('./TaskList.tsx') },
  { path: 'tasks/:id', lazy: () => import('./TaskPage.tsx') },
  { path: 'studios/:studio/tasks/new', lazy: () => import('./NewTask.tsx') },
];
