import { describe, expect } from 'vitest';
import { AuditList } from '@/shared/gql/documents.ts';
import { Reader } from './kit/api.ts';
import { first, Places } from './kit/places.ts';
import { journey } from './kit/visitor.ts';

describe('the audit', () => {
  journey('shows what was just done, by whom, and leads to the record', async (visitors) => {
    const lead = await visitors.come('s01.t01');
    const places = await Places.of('s01.t01');
    const task = first(await places.tasks({ studio: (await places.hat()).studio ?? null, state: 'OPEN' }), 'open task');
    await lead.go(`/tasks/${task.id}`);
    await lead.press('修改');
    const dialog = lead.page.getByRole('dialog');
    await dialog.getByLabel(/^任务/).fill(`${task.title}（改）`);
    await dialog.getByRole('button', { name: '修改' }).click();
    await dialog.waitFor({ state: 'hidden' });

    const auditor = await visitors.come('audit.admin');
    expect(auditor.at).toMatch(/^\/audit/);
    const rows = auditor.page.locator('tbody tr');
    const line = rows.filter({ hasText: '修改了云川市职业教育中心的一项任务' }).first();
    await line.waitFor();
    expect(await line.innerText()).toContain('工作室主持人');
    // Filtered, the filter is in the address; the list says how many.
    await auditor.page.getByLabel('操作').selectOption({ label: '修改任务' });
    await auditor.rest();
    expect(auditor.at).toContain('action=UpdateTask');
    await auditor.reload();
    for (const text of await rows.allInnerTexts()) expect(text).toContain('修改了');
    const read = await (await Reader.of('s01.admin')).ask(AuditList, { filter: { action: 'UpdateTask' }, service: null, first: 5, after: null });
    expect(read.audit?.nodes[0]).toMatchObject({ action: 'UpdateTask', subject: task.id, role: 'STUDIO_LEAD' });
    // The school’s administrator opens the record from the line.
    const admin = await visitors.come('s01.admin');
    await admin.go('/audit?action=UpdateTask');
    await admin.page.getByRole('link', { name: '查看记录' }).first().click();
    await admin.rest();
    expect(await admin.sentence()).toContain(`${task.title}（改）`);
  });
});
