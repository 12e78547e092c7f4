// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_place.h"

#include <fmt/format.h>

#include <utility>

#include "viewer/slide/slide_name.h"
#include "viewer/slide/slide_path.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

Result<void> checkSlide(const fs::path& file, const SlideIdentity& found, const SlideIdentity& slide) {
  if (found.hash == slide.hash) return {};
  return fail(fmt::format("'{}' is the case of another slide, '{}', not of '{}'.", file.string(), found.name,
                          slide.name));
}

Result<OpenedCase> openOf(const SlideIdentity& slide, const fs::path& file, size_t stepsKept) {
  auto opened = CaseFile::open(file, stepsKept);
  if (!opened) return opened;
  if (const auto fits = checkSlide(file, opened->content.slide, slide); !fits)
    return tl::unexpected(fits.error());
  return opened;
}

std::string joined(const std::string& one, const std::string& other) {
  return one.empty() || other.empty() ? one + other : one + ' ' + other;
}

std::string keptIn(const fs::path& file) {
  return fmt::format(" What you change is kept in '{}'.", file.string());
}

/// The one in the user's own folder, where it is there; `remark` says why the other is not taken.
FoundCase findElsewhere(const CasePlace& place, const SlideIdentity& slide, size_t stepsKept,
                        std::string remark) {
  if (!isTaken(place.elsewhere)) return {place.elsewhere, {}, {}, remark + keptIn(place.elsewhere)};
  auto opened = openOf(slide, place.elsewhere, stepsKept);
  if (opened && opened->file)
    return {place.elsewhere, std::move(opened->file), std::move(opened->content),
            joined(remark, opened->remark) + keptIn(place.elsewhere)};
  const fs::path target = freeName(place.elsewhere);
  const std::string why = opened ? std::string() : " " + opened.error().sentence;
  return {target, {}, {}, remark + why + keptIn(target)};
}

FoundCase findWhereNoneIs(const CasePlace& place, const SlideIdentity& slide, size_t stepsKept) {
  if (!isTaken(place.elsewhere)) return {canWrite(place.file) ? place.file : place.elsewhere, {}, {}, {}};
  auto opened = openOf(slide, place.elsewhere, stepsKept);
  if (opened && opened->file)
    return {place.elsewhere, std::move(opened->file), std::move(opened->content), opened->remark};
  const fs::path target = canWrite(place.file) ? place.file : freeName(place.elsewhere);
  return {target, {}, {}, opened ? std::string() : opened.error().sentence};
}

}  // namespace

SlideIdentity identityOf(const Slide& slide) {
  return {slide.file.filename().string(), slide.hash, slide.size()};
}

Result<CaseContent> readCase(const fs::path& file, const SlideIdentity& slide) {
  auto content = CaseFile::read(file);
  if (!content) return content;
  if (const auto fits = checkSlide(file, content->slide, slide); !fits) return tl::unexpected(fits.error());
  return content;
}

CasePlace usualPlace(const fs::path& slide, const SlideIdentity& identity, const fs::path& folder) {
  const std::string name = slideNameOf(slide);
  return {withoutSlash(slide).parent_path() / (name + ".geneglass"),
          folder / fmt::format("{}-{}.geneglass", name, identity.hash.substr(0, 8))};
}

FoundCase findCase(const CasePlace& place, const SlideIdentity& slide, size_t stepsKept) {
  if (!isTaken(place.file)) return findWhereNoneIs(place, slide, stepsKept);
  auto opened = openOf(slide, place.file, stepsKept);
  // A program that was killed while it made the file left one that is empty once its write is taken back.
  if (!opened && !isTaken(place.file)) return findWhereNoneIs(place, slide, stepsKept);
  if (!opened) return findElsewhere(place, slide, stepsKept, opened.error().sentence);
  if (!opened->file) {
    const std::string why = fmt::format("The case '{}' can only be read.", place.file.string());
    FoundCase found = findElsewhere(place, slide, stepsKept, opened->remark.empty() ? why : opened->remark);
    if (!found.content) found.content = std::move(opened->content);
    return found;
  }
  const std::string other =
      isTaken(place.elsewhere)
          ? fmt::format(
                "There is another case of this slide, from when its folder could not be written: '{}'.",
                place.elsewhere.string())
          : std::string();
  return {place.file, std::move(opened->file), std::move(opened->content), joined(opened->remark, other)};
}

}  // namespace geneglass
