export function failuresOfVitest(report: object | undefined, root: string): string[];
export function failuresOfPlaywright(report: object | undefined): string[];
