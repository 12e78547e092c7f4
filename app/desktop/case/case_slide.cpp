// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_slide.h"

#include <fmt/format.h>

#include "app/desktop/case/case_file.h"

namespace geneglass {

namespace fs = std::filesystem;

bool isCaseFile(const fs::path& file) {
  return file.extension() == ".geneglass";
}

Result<fs::path> slideOfCase(const fs::path& file) {
  const Result<CaseContent> content = CaseFile::read(file);
  if (!content) return tl::unexpected(content.error());
  // The name alone: a case is no way to files elsewhere.
  const fs::path name = fs::path(content->slide.name).filename();
  const fs::path slide = fs::absolute(file).parent_path() / name;
  std::error_code error;
  if (name.empty() || name == "." || name == ".." || !fs::exists(slide, error))
    return fail(fmt::format("'{}' is the case of the slide '{}', which does not lie beside it.",
                            file.string(), content->slide.name));
  return slide;
}

}  // namespace geneglass
