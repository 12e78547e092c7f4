// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/npz_file.h"

#include <fmt/format.h>
#include <zip.h>

#include <memory>

#include "viewer/foundation/numpy_array.h"

namespace geneglass {
namespace {

constexpr zip_uint64_t kMostBytes = zip_uint64_t(1) << 30;  ///< of one array
constexpr std::string_view kEnding = ".npy";

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Member = std::unique_ptr<zip_file_t, Discard>;

tl::unexpected<Error> unreadable(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
}

Result<Archive> openArchive(const std::filesystem::path& file) {
  int code = 0;
  Archive archive(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  return unreadable(file, fmt::format("it is no zip archive, or not whole ({})", reason));
}

/// Errors, to follow "...: ".
Result<std::vector<uint8_t>> bytesOf(zip_t& archive, const zip_stat_t& facts) {
  if (!(facts.valid & ZIP_STAT_SIZE)) return fail("its size is not known");
  if (facts.size > kMostBytes) return fail("it is larger than 1 GiB");
  const Member member(zip_fopen_index(&archive, facts.index, 0));
  if (!member) return fail(zip_strerror(&archive));
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

}  // namespace

Result<TensorFile> readNpz(const std::filesystem::path& file) {
  const Result<Archive> archive = openArchive(file);
  if (!archive) return tl::unexpected(archive.error());
  TensorFile tensors;
  const zip_int64_t count = zip_get_num_entries(archive->get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t facts;
    if (zip_stat_index(archive->get(), static_cast<zip_uint64_t>(i), 0, &facts) != 0)
      return unreadable(file, zip_strerror(archive->get()));
    std::string_view name = facts.name;
    if (!name.ends_with(kEnding)) return unreadable(file, fmt::format("'{}' in it is no NumPy array", name));
    name.remove_suffix(kEnding.size());
    const Result<std::vector<uint8_t>> bytes = bytesOf(*archive->get(), facts);
    const Result<StoredTensor> tensor =
        bytes ? parseNumpyArray(*bytes) : Result<StoredTensor>(tl::unexpected(bytes.error()));
    if (!tensor) return unreadable(file, fmt::format("the array '{}': {}", name, tensor.error().sentence));
    tensors[std::string(name)] = std::move(*tensor);
  }
  return tensors;
}

}  // namespace geneglass
