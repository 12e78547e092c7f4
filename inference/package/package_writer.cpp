// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/package_writer.h"

#include <fmt/format.h>

#include "viewer/foundation/files/text_file.h"

namespace geneglass {

static tl::unexpected<Error> unwritable(const std::filesystem::path& path, const std::string& reason) {
  return fail(fmt::format("Cannot write '{}': {}.", path.string(), reason));
}

Result<void> checkFree(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder)) return {};
  return unwritable(folder, "it exists already; remove it or choose another name");
}

PackageWriter::PackageWriter(std::filesystem::path folder, std::filesystem::path partial)
    : m_folder(std::move(folder)), m_partial(std::move(partial)) {}

PackageWriter::PackageWriter(PackageWriter&& other) noexcept
    : m_folder(std::move(other.m_folder)), m_partial(std::exchange(other.m_partial, {})) {}

PackageWriter::~PackageWriter() {
  std::error_code ignored;
  if (!m_partial.empty()) std::filesystem::remove_all(m_partial, ignored);
}

Result<PackageWriter> PackageWriter::begin(const std::filesystem::path& folder) {
  if (Result<void> free = checkFree(folder); !free) return tl::unexpected(free.error());
  std::filesystem::path partial = folder;
  if (!partial.has_filename()) partial = partial.parent_path();
  partial += ".partial";
  std::error_code error;
  std::filesystem::remove_all(partial, error);
  std::filesystem::create_directories(partial, error);
  if (error) return unwritable(folder, error.message());
  return PackageWriter(folder, partial);
}

Result<void> PackageWriter::addTensors(const std::string& name, const TensorFile& tensors) {
  return writeTensors(m_partial / name, tensors);
}

Result<void> PackageWriter::addDomain(const std::optional<FeatureDomain>& domain) {
  return domain ? writeDomain(m_partial / kDomainFile, *domain) : Result<void>();
}

Result<void> PackageWriter::addText(const std::string& name, const std::string& text) {
  return writeText(m_partial / name, text);
}

Result<void> PackageWriter::addCopy(const std::filesystem::path& file, const std::string& name) {
  const std::filesystem::path own = name.empty() ? file.filename() : std::filesystem::path(name);
  std::error_code error;
  std::filesystem::copy_file(file, m_partial / own, error);
  if (error) return unwritable(m_folder / own, error.message());
  return {};
}

Result<ModelPackage> PackageWriter::finish(ModelPackage package) {
  package.folder = m_partial;
  if (Result<ModelPackage> written = writeManifest(std::move(package)); !written) return written;
  std::error_code error;
  std::filesystem::rename(m_partial, m_folder, error);
  if (error) return unwritable(m_folder, error.message());
  m_partial.clear();
  return openModelPackage(m_folder);
}

}  // namespace geneglass
