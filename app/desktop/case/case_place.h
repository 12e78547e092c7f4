// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "app/desktop/case/case_file.h"
#include "app/desktop/case/free_name.h"
#include "viewer/slide/slide.h"

namespace geneglass {

SlideIdentity identityOf(const Slide& slide);

/// Where the case of a slide may lie.
struct CasePlace {
  std::filesystem::path file;       ///< NAME.geneglass beside the slide, or the one that the user named
  std::filesystem::path elsewhere;  ///< the user's own, for where the first cannot be written
};

/// The usual place of a slide's case: beside it, else `folder`/NAME-HASH.geneglass with 8 digits of the hash.
CasePlace usualPlace(const std::filesystem::path& slide, const SlideIdentity& identity,
                     const std::filesystem::path& folder);

/// A case as it was found, or where it is to be made.
struct FoundCase {
  std::filesystem::path target;    ///< where changes go
  std::unique_ptr<CaseFile> file;  ///< of `target`; null until it is made
  std::optional<CaseContent> content;
  std::string remark;  ///< for the user: why it lies there, what is refused; empty for nothing
};

/// Finds and reads the case of `slide`. What is refused stays as it is, and `target` is another file. Blocks
/// on the disk. Any thread.
FoundCase findCase(const CasePlace& place, const SlideIdentity& slide,
                   size_t stepsKept = CaseFile::kStepsKept);

/// Reads the case of `slide` that lies in `file`, as CaseFile::read. Errors also: it is another slide's.
Result<CaseContent> readCase(const std::filesystem::path& file, const SlideIdentity& slide);

}  // namespace geneglass
