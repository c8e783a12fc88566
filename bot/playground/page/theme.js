/* Light or dark, before anything is painted: a plain script, so that the page never flashes. */
(() => {
	const KEY = "playground-theme";
	const root = document.documentElement;
	const dark = matchMedia("(prefers-color-scheme: dark)");
	const stored = () => {
		try {
			return localStorage.getItem(KEY);
		} catch {
			return null;
		}
	};
	const show = () => {
		root.dataset.theme = stored() ?? (dark.matches ? "dark" : "light");
	};
	window.switchTheme = () => {
		const wish = root.dataset.theme === "dark" ? "light" : "dark";
		try {
			if ((wish === "dark") === dark.matches) localStorage.removeItem(KEY);
			else localStorage.setItem(KEY, wish);
		} catch {
			// Without storage the switch lasts until the next load.
		}
		root.dataset.theme = wish;
		return wish;
	};
	dark.addEventListener("change", show);
	show();
})();
