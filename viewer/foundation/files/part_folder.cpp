// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/part_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/file_lock.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMadeByAnother = "another call is making it now";

tl::unexpected<Error> unwritable(const fs::path& folder, const std::string& reason) {
  return fail(fmt::format("Cannot write '{}': {}.", folder.string(), reason));
}

fs::path partialOf(const fs::path& folder) {
  return folder.string() + ".partial";
}

}  // namespace

Result<void> checkFree(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return {};
  return unwritable(folder, "it exists already; remove it or choose another name");
}

PartFolder::PartFolder(fs::path folder, std::unique_ptr<PartPlace> claim)
    : m_folder(std::move(folder)), m_claim(std::move(claim)) {}

PartFolder::~PartFolder() {
  std::error_code ignored;
  if (m_claim && m_isMade && isMine()) fs::remove_all(partialOf(m_folder), ignored);
}

bool PartFolder::isMine() const {
  return isStillThere(m_claim->descriptor(), m_claim->path());
}

Result<PartFolder> PartFolder::begin(const fs::path& folder) {
  const fs::path named = folder.has_filename() ? folder : folder.parent_path();
  if (Result<void> free = checkFree(named); !free) return tl::unexpected(free.error());
  std::error_code error;
  if (named.has_parent_path()) fs::create_directories(named.parent_path(), error);
  if (error) return unwritable(named, error.message());
  auto claim = std::make_unique<PartPlace>(named, 1);
  if (claim->reason() == EBUSY) return unwritable(named, kMadeByAnother);
  if (claim->reason() != 0) return unwritable(named, std::generic_category().message(claim->reason()));
  // Its last maker may have finished between the first look and the claim.
  if (Result<void> free = checkFree(named); !free) return tl::unexpected(free.error());
  return PartFolder(named, std::move(claim));
}

Result<fs::path> PartFolder::path() {
  const fs::path partial = partialOf(m_folder);
  if (m_isMade) return partial;
  std::error_code error;
  fs::remove_all(partial, error);
  if (!error) fs::create_directory(partial, error);
  if (error) return unwritable(m_folder, error.message());
  m_isMade = true;
  return partial;
}

Result<void> PartFolder::finish() {
  if (!isMine()) return unwritable(m_folder, kMadeByAnother);
  std::error_code error;
  fs::rename(partialOf(m_folder), m_folder, error);
  if (error) return unwritable(m_folder, error.message());
  m_isMade = false;
  m_claim->giveUp();
  return {};
}

}  // namespace geneglass
