// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/page_frame.h"

#include <fmt/format.h>

#include "app/pages/page_style.h"
#include "app/pages/svg_chart.h"

namespace geneglass {

std::string paragraph(const std::string& what, const std::string& text) {
  if (text.empty()) return {};
  return fmt::format("<p class=\"soft\">{}: {}.</p>", what, escapedForXml(text));
}

std::string framedPage(const ModelPackage& package, const std::string& what,
                       const std::filesystem::path& cohort, const std::string& training,
                       const std::string& body) {
  const std::string name = escapedForXml(package.name), title = fmt::format("{} of {}", what, name);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>\n{1}</head><body>"
      "<main>\n<h1>{0}</h1><p class=\"soft\">{2}</p><p><span class=\"use\">Research use only. Not for "
      "diagnosis.</span></p>{3}{4}{5}<footer>Research use only. Not for diagnosis or treatment. Model {6} "
      "version {7}, {8}.</footer>\n</main></body></html>\n",
      title, kPageStyle, escapedForXml(package.statement), paragraph("Cohort", cohort.filename().string()),
      training, body, name, escapedForXml(package.version), package.hash.substr(0, 16));
}

}  // namespace geneglass
