// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include "viewer/foundation/files/claimed_bytes.h"

namespace geneglass {
namespace {

constexpr zip_uint64_t kMostBytes = zip_uint64_t(1) << 30;  ///< of one member
constexpr zip_int64_t kMostMembers = 100'000;

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};
using Member = std::unique_ptr<zip_file_t, CloseMember>;

/// Why the members cannot all be in a file of so many bytes; empty where they can.
std::string excessOfMembers(zip_t* archive, uint64_t bytes) {
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  if (count > kMostMembers) return fmt::format("it has more than {} members", kMostMembers);
  uint64_t packed = 0;
  zip_stat_t facts;
  for (zip_int64_t i = 0; i < count; ++i) {
    if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &facts) != 0) continue;
    if (facts.comp_size > bytes - packed) return "its members lie over each other";
    packed += facts.comp_size;
  }
  return {};
}

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& file) {
  const auto refused = [&](const std::string& why) {
    return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
  };
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored) && !std::filesystem::is_regular_file(file, ignored))
    return refused("it is no regular file");
  if (const std::string hollow = whyHollow(file); !hollow.empty()) return refused("it " + hollow);
  int code = 0;
  if (zip_t* found = zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code)) {
    ZipArchive archive(found);
    const std::string excess = excessOfMembers(found, std::filesystem::file_size(file, ignored));
    if (!excess.empty()) return refused(excess);
    return archive;
  }
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  return refused(fmt::format("it is no zip archive, or not whole ({})", reason));
}

std::vector<std::string> ZipArchive::names() const {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(m_archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i)
    if (const char* name = zip_get_name(m_archive.get(), static_cast<zip_uint64_t>(i), 0))
      names.emplace_back(name);
  return names;
}

Result<std::vector<uint8_t>> ZipArchive::bytes(const std::string& name) const {
  zip_stat_t facts;
  if (zip_stat(m_archive.get(), name.c_str(), 0, &facts) != 0) return fail("it is missing");
  if (!(facts.valid & ZIP_STAT_SIZE)) return fail("its size is not known");
  if (facts.size > kMostBytes) return fail("it is larger than 1 GiB");
  if (!isBelievable(facts.size, facts.comp_size))
    return fail("it " + disbeliefOf(facts.size, facts.comp_size));
  const Member member(zip_fopen_index(m_archive.get(), facts.index, 0));
  if (!member) return fail(zip_strerror(m_archive.get()));
  std::vector<uint8_t> bytes(facts.size + 1);  // one more: only at its end is the check sum compared
  zip_uint64_t done = 0;
  for (zip_int64_t count = 1; count > 0; done += static_cast<zip_uint64_t>(count)) {
    count = zip_fread(member.get(), bytes.data() + done, bytes.size() - done);
    if (count < 0) return fail(fmt::format("it is damaged ({})", zip_file_strerror(member.get())));
    if (done + static_cast<zip_uint64_t>(count) > facts.size) break;
  }
  if (done != facts.size) return fail("it does not have the size that the archive says");
  bytes.pop_back();
  return bytes;
}

}  // namespace geneglass
