// Everything small that every page may need. Charts and search-as-you-type fields are loaded when
// a page has them.
import { askBeforeSending } from "./alive.js";
import { askFirst } from "./ask.js";
import { chooseMany } from "./choose.js";
import { keepDrafts } from "./draft.js";
import { moveColumns } from "./columns.js";
import { load, each } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { pickFiles } from "./files.js";
import { tendRequests } from "./requests.js";
import { tendSheets } from "./sheets.js";
import { tendForms } from "./forms.js";
import { tendMenus } from "./menus.js";
import { tendNotices } from "./notices.js";
import { submitOnce } from "./once.js";
import { tendPlans } from "./plans.js";
import { showPasted } from "./pasted.js";
import { pickPhotos } from "./photos.js";
import { tendPreview } from "./preview.js";
import { walkResults } from "./results.js";
import { setWidths } from "./widths.js";

const { chartsSrc, suggestSrc } = document.body.dataset;

tendMenus();
tendForms();
tendRequests();
keepDrafts();
submitOnce();
askFirst();
pickPhotos();
pickFiles();
askBeforeSending();
tendSheets();
tendPlans();
showPasted();
setWidths();
chooseMany();
moveColumns();
listenToKeys();
tendNotices();
walkResults();
tendPreview();
each("[data-chart]", () => load(chartsSrc));
each("[data-suggest-url], [data-searchable]", () => load(suggestSrc));
