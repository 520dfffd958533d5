import { describe, expect } from 'vitest';
import { ImportList } from '@/shared/gql/documents.ts';
import { Reader } from './kit/api.ts';
import { Places } from './kit/places.ts';
import { filled, rowsOf } from './kit/sheet.ts';
import { journey, type Visitor } from './kit/visitor.ts';

const stamp = String(Date.now()).slice(-8);
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const choose = (visitor: Visitor, name: string, buffer: Buffer) => visitor.page.getByLabel('要导入的 .xlsx 文件').setInputFiles({ name, mimeType: type, buffer });

describe('spreadsheets come in', () => {
  journey('checked, corrected, imported, and never doubled', async (visitors) => {
    const admin = await visitors.come('s01.admin');
    await admin.go('/imports');
    // What is no spreadsheet is not even sent.
    await choose(admin, 'people.csv', Buffer.from('a,b'));
    await admin.sees('请另存为 .xlsx 格式再导入。');
    const template = await admin.downloads('下载模板');
    const [heads = [], ...more] = rowsOf(template);
    expect(more, 'a template holds its headings, once').toEqual([]);
    expect(heads[0]).toMatch(/^姓名/);
    expect(heads[1]).toMatch(/^登录名/);

    // A file as it first comes: a name missing, a role that does not exist, an account twice.
    const people = [
      ['田晓 雨', `new.${stamp}a`, '', '１９９００００８８８１', '班主任', '2026年9月1日', ''],
      ['', `new.${stamp}b`, '', '', '班主任', '', ''],
      ['郭立春', `new.${stamp}c`, '', '', '校长助理', '', ''],
      ['于得水', `new.${stamp}a`, '', '', '班主任', '', ''],
    ];
    await choose(admin, '新教师.xlsx', filled(template, people));
    await admin.sees('“新教师.xlsx”有 3 行出错，没有写入任何内容。');
    const errors = rowsOf(await admin.downloads('下载错误清单'));
    // The table itself, with what is wrong before each row.
    expect(errors[0]?.slice(0, 4)).toEqual(['错误说明', 'Errors', ...heads.slice(0, 2)]);
    expect(errors.slice(1).map(([zh = '']) => zh)).toEqual(['', expect.stringContaining('必填'), expect.stringContaining('可填'), expect.stringContaining('登录名')]);
    expect(errors[2]?.[3]).toBe(`new.${stamp}b`);
    const found = async () => (await (await Places.of('bureau.admin')).people(`new.${stamp}`)).length;
    expect(await found(), 'a faulty file writes nothing').toBe(0);

    // Corrected: checked at once, then imported on purpose.
    const right = filled(template, [people[0] ?? [], ['孟小满', `new.${stamp}b`, '', '', '班主任', '20260901', ''], ['郭立春', `new.${stamp}c`, '', '', '学校经办人', '', '']]);
    await choose(admin, '新教师.xlsx', right);
    await admin.sees('“新教师.xlsx”共 3 行，没有错误。');
    expect(await found(), 'a check writes nothing').toBe(0);
    await admin.press('正式导入');
    await admin.sees('“新教师.xlsx”已导入，共 3 行。');
    await admin.reload();
    await admin.sees('“新教师.xlsx”已导入，共 3 行。');
    expect(await found()).toBe(3);
    await admin.page.getByRole('link', { name: '查看导入结果' }).click();
    await admin.rest();
    await admin.page.getByRole('searchbox').fill(`new.${stamp}`);
    await admin.page.waitForURL('**q=new*');
    await admin.rest();
    await admin.page.getByRole('link', { name: '孟小满' }).waitFor();

    // The same again changes nothing.
    await admin.go('/imports');
    await choose(admin, '新教师.xlsx', right);
    await admin.sees('表中内容都已存在，无需再导入。');
    expect(await found()).toBe(3);
    const past = await (await Reader.of('s01.admin')).ask(ImportList, { service: 'TENANCY', first: 4, after: null });
    expect(past.imports?.nodes.map((one) => [one.state, one.created, one.unchanged])).toEqual([
      ['CHECKED', 0, 3],
      ['DONE', 3, 0],
      ['CHECKED', 3, 0],
      ['FAULTY', expect.anything(), expect.anything()],
    ]);
  });

  journey('go on while one looks elsewhere', async (visitors) => {
    const admin = await visitors.come('bureau.admin');
    await admin.go('/imports?kind=people');
    const template = await admin.downloads('下载模板');
    const many = Array.from({ length: 20_000 }, (_, n) => [`教师${n}`, `many.${stamp}.${n}`, '云川市职业教育中心', '', '班主任', '', '']);
    await choose(admin, '全市教师.xlsx', filled(template, many));
    // Under way, the page is left; the tray stays, through a reload too.
    await admin.page.locator('progress').first().waitFor();
    await admin.page.getByRole('link', { name: '学校', exact: true }).click();
    const tray = admin.page.getByRole('button', { name: '1 项导入进行中' });
    await tray.waitFor();
    await tray.click();
    await admin.page.getByRole('region', { name: '导入任务' }).getByRole('link', { name: '全市教师.xlsx' }).waitFor();
    await admin.page.keyboard.press('Escape');
    await admin.page.getByText('校验通过：全市教师.xlsx').waitFor({ timeout: 120_000 });
    await tray.waitFor({ state: 'hidden' });
    await admin.go('/imports?kind=people');
    await admin.page.getByRole('link', { name: '全市教师.xlsx' }).first().click();
    await admin.sees('“全市教师.xlsx”共 20000 行，没有错误。');
    await admin.sees('要正式导入，请在左边重新选择这个文件。');
  });
});
