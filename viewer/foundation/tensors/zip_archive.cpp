// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

namespace geneglass {
namespace {

constexpr zip_uint64_t kMostBytes = zip_uint64_t(1) << 30;  ///< of one member

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};
using Member = std::unique_ptr<zip_file_t, CloseMember>;

}  // namespace

void ZipArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

Result<ZipArchive> ZipArchive::open(const std::filesystem::path& file) {
  int code = 0;
  if (zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code)) return ZipArchive(archive);
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  return fail(
      fmt::format("Cannot read '{}': it is no zip archive, or not whole ({}).", file.string(), reason));
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
