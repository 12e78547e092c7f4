// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <random>

#include "tests/support/test_files.h"
#include "tests/viewer/slide/channels/made_channels.h"
#include "tests/viewer/slide/formats/czi/made_czi.h"
#include "tests/viewer/slide/formats/dicom/made_dicom.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/ndpi/made_ndpi.h"
#include "viewer/slide/open_slide.h"

// Damages slides at random, the same way for the same seed, opens each and reads all it holds.
//   slide_fuzz [SECONDS [SEED]]
//   slide_fuzz FILE               reads that one, as a case is read
// A case that crashes, hangs, leaks, takes too much memory, or breaks a promise of TileSource is kept beside
// the failures of other tests and named; then the status is 1. Meant for a build with sanitizers: preset
// asan.

using namespace geneglass;
using geneglass::testing::FileBytes;
using geneglass::testing::TiffRecipe;

namespace {

constexpr unsigned kSecondsACase = 60;       ///< of the processor
constexpr unsigned kMostSecondsACase = 180;  ///< by the clock, beside other programs
constexpr int kCasesAProcess = 200;
constexpr uint64_t kLargestSeedFile = 1 << 20;
constexpr int64_t kMostTilesALevel = 40;
constexpr double kMostPixelsALevel = 1 << 25;  ///< of the finest level, that its tiles may be made of

/// Random numbers of one case.
class Chance final {
 public:
  Chance(uint64_t seed, uint64_t number) : m_random(seed * 0x9E3779B97F4A7C15ull + number) {}
  size_t below(size_t count) { return static_cast<size_t>(m_random() % count); }

 private:
  std::mt19937_64 m_random;
};

/// Fluorescence: OME-TIFF, ImageJ, QPTIFF and plain values.
std::vector<testing::ChannelRecipe> channelSeeds() {
  std::vector<testing::ChannelRecipe> recipes(5);
  recipes[0] = {
      .directories = 2, .levels = 2, .compression = COMPRESSION_LZW, .predictor = PREDICTOR_HORIZONTAL};
  recipes[0].descriptions = {
      testing::omeXml(recipes[0], 2, "SizeZ=\"1\"", "<TiffData IFD=\"0\" PlaneCount=\"2\"/>")};
  recipes[1] = {.tile = 0, .rows = 210, .directories = 4};
  recipes[1].descriptions = {"ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\nunit=micron\nmin=0\nmax=99\n"};
  recipes[2] = {.tile = 0, .directories = 2, .bits = 8, .compression = COMPRESSION_PACKBITS};
  recipes[2].descriptions.assign(
      2,
      "<PerkinElmer-QPI-ImageDescription><ImageType>FullResolution</ImageType><Name>a"
      "</Name><Color>1,2,3</Color></PerkinElmer-QPI-ImageDescription>");
  recipes[3] = {.samples = 4,
                .bits = 32,
                .format = SAMPLEFORMAT_IEEEFP,
                .planes = PLANARCONFIG_SEPARATE,
                .compression = COMPRESSION_ADOBE_DEFLATE,
                .predictor = PREDICTOR_FLOATINGPOINT};
  recipes[4] = {.samples = 3, .bits = 12, .photometric = PHOTOMETRIC_RGB};
  return recipes;
}

std::vector<FileBytes> madeSeeds(const std::filesystem::path& folder) {
  const char* aperio = "Aperio Image Library v1\r\n300x210 (128x128) JPEG/RGB Q=70|AppMag = 20|MPP = 0.4990";
  const TiffRecipe recipes[] = {
      {.levels = 3},
      {.levels = 3, .description = aperio},
      {.photometric = PHOTOMETRIC_RGB, .description = aperio},
      {.width = 1100, .height = 600, .tile = 64},
      {.big = true, .levels = 2},
      {.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB, .predictor = true, .levels = 2},
      {.compression = COMPRESSION_ADOBE_DEFLATE, .photometric = PHOTOMETRIC_RGB, .bits = 16},
      {.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_RGB, .planes = PLANARCONFIG_SEPARATE},
      {.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_MINISBLACK, .samples = 1, .levels = 2},
      {.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB, .samples = 4},
  };
  std::vector<FileBytes> seeds;
  for (const TiffRecipe& recipe : recipes) {
    testing::writeTiff(folder / "seed.tif", recipe);
    seeds.emplace_back(folder / "seed.tif");
  }
  for (testing::ChannelRecipe recipe : channelSeeds()) {
    testing::writeChannels(folder / "seed.tif", recipe);
    seeds.emplace_back(folder / "seed.tif");
  }
  for (const bool yCbCr : {false, true}) {
    testing::writeAperioJpeg2000(folder / "seed.tif", {.tile = 64, .levels = 2},
                                 {.yCbCr = yCbCr, .stepX = 1 + yCbCr});
    seeds.emplace_back(folder / "seed.tif");
  }
  for (const int interval : {0, 4, 32}) {
    testing::writeNdpi(folder / "seed.tif", {.size = {256, 70}, .interval = interval});
    seeds.emplace_back(folder / "seed.tif");
  }
  return seeds;
}

void addDicomSeeds(const std::filesystem::path& folder, std::vector<FileBytes>& seeds) {
  using testing::MadeCoding;
  for (const MadeCoding coding :
       {MadeCoding::Raw, MadeCoding::RunLengths, MadeCoding::Jpeg, MadeCoding::Jpeg2000})
    for (const bool sparse : {false, true}) {
      testing::WrittenDicom made =
          testing::madeDicom({.coding = coding, .width = 150, .height = 70, .tile = 32, .sparse = sparse});
      made.basicTable = sparse;
      made.extendedTable = !sparse && coding == MadeCoding::Jpeg;
      made.definedLengths = sparse;
      made.fragmentKiB = sparse ? 1 : 0;
      made.spacingPerFrame = sparse;
      testing::writeDicom(folder / "seed.dcm", sparse ? testing::partOf(made, 0, 9, 1, 2) : made);
      seeds.emplace_back(folder / "seed.dcm");
    }
  std::filesystem::remove(folder / "seed.dcm");
}

void addCziSeeds(const std::filesystem::path& folder, std::vector<FileBytes>& seeds) {
  for (const int packing : {0, 1, 5, 6}) {
    std::vector<testing::MadeCziBlock> blocks{{.width = 60, .height = 50},
                                              {.left = 50, .width = 60, .height = 50, .mosaic = 1},
                                              {.width = 55, .height = 25, .factor = 2}};
    for (testing::MadeCziBlock& block : blocks) block.packing = packing;
    testing::writeCzi(folder / "seed.czi", blocks);
    seeds.emplace_back(folder / "seed.czi");
  }
  std::filesystem::remove(folder / "seed.czi");
}

void addRealSeeds(std::vector<FileBytes>& seeds) {
  for (const char* part : {"broken", "slides"}) {
    std::error_code absent;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(testing::dataFolder() / part, absent))
      if (entry.is_regular_file() && entry.file_size() <= kLargestSeedFile && entry.file_size() > 16)
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) seeds.emplace_back(file);
  }
}

/// Bytes of directory entries of a little-endian classic TIFF, else none.
std::vector<size_t> entriesOf(const FileBytes& bytes) {
  std::vector<size_t> all;
  if (bytes.size() < 8 || bytes.number(0, 4) != 0x002a4949) return all;
  for (uint64_t at = bytes.number(4, 4); at > 0 && at + 6 < bytes.size() && all.size() < 500;) {
    const uint64_t next = at + 2 + 12 * bytes.number(at, 2);
    if (next + 4 > bytes.size()) break;
    for (uint64_t entry = at + 2; entry < next; entry += 12) all.push_back(static_cast<size_t>(entry));
    at = bytes.number(next, 4);
  }
  return all;
}

uint64_t tellingNumber(Chance& chance, size_t size) {
  const uint64_t numbers[] = {0,        1,          2,          3,          7,
                              8,        16,         0x7f,       0xff,       0x100,
                              0x7fff,   0xffff,     65536,      0x7fffffff, size,
                              size - 1, 0x80000000, 0xffffffff, 0xfffffff0, ~uint64_t{0},
                              size + 1, 0x10000000, 33003,      33005,      52479};
  return numbers[chance.below(std::size(numbers))];
}

void damage(FileBytes& bytes, Chance& chance) {
  const std::vector<size_t> entries = entriesOf(bytes);
  // A DICOM says most of what it says at its beginning.
  const bool dicom = bytes.size() > 2048 && bytes.number(128, 4) == 0x4d434944 && chance.below(4) > 0;
  const size_t reach = dicom ? 2048 : bytes.size();
  // And a CZI at its end.
  const bool czi = bytes.size() > 1024 && bytes.number(0, 8) == 0x494657415253495a && chance.below(4) > 0;
  const uint64_t last = czi ? bytes.number(84, 8) : 0;
  const size_t begin = last + 64 < bytes.size() ? static_cast<size_t>(last) : 0;
  const auto anywhere = [&](size_t width) { return begin + chance.below(reach - begin - width); };
  switch (chance.below(entries.empty() ? 4 : 8)) {
    case 0:
      bytes.put(anywhere(1), chance.below(256), 1);
      return;
    case 1: {
      const size_t width = size_t{1} << chance.below(4);
      bytes.put(anywhere(width), tellingNumber(chance, bytes.size()), width);
      return;
    }
    case 2: {
      const size_t count = 1 + chance.below(std::min<size_t>(64, bytes.size() / 4));
      const size_t from = anywhere(count);
      const size_t to = anywhere(count);
      for (size_t i = 0; i < count; ++i) bytes[to + i] = bytes[from + i];
      return;
    }
    case 3:
      if (chance.below(4) == 0) bytes.resize(17 + chance.below(bytes.size() - 16));
      return;
    default: {
      const size_t entry = entries[chance.below(entries.size())];
      const size_t fields[][2] = {{0, 2}, {2, 2}, {4, 4}, {8, 4}, {8, 2}};
      const auto& [at, width] = fields[chance.below(std::size(fields))];
      const uint64_t value = at == 2 ? 1 + chance.below(18) : tellingNumber(chance, bytes.size());
      if (entry + at + width <= bytes.size()) bytes.put(entry + at, value, width);
    }
  }
}

[[noreturn]] void broken(const char* promise) {
  std::fprintf(stderr, "a promise is broken: %s\n", promise);
  std::abort();
}

void checkSentence(const std::string& sentence, const std::filesystem::path& file) {
  if (sentence.find(file.string()) == std::string::npos || sentence.back() != '.')
    broken("every error is a sentence that names the file");
}

void readLevel(const OpenedSlide& opened, int index, const std::filesystem::path& file, Chance& chance) {
  const Level& level = opened.slide->levels[static_cast<size_t>(index)];
  if (level.tile.width <= 0 || level.tile.height <= 0 || !(level.downsample > 0)) broken("levels are sane");
  const int64_t all = level.columns() * level.rows();
  // A tile of a file in strips costs all their width.
  const double finer = std::pow(level.downsample, 2);
  const double area = finer * static_cast<double>(level.tile.width * level.tile.height);
  const double band = finer * static_cast<double>(level.size.width * level.tile.height);
  const auto affordable = static_cast<int64_t>(
      area > kMostPixelsALevel ? 0 : std::clamp<double>(kMostPixelsALevel / band, 1, kMostTilesALevel));
  for (int64_t i = 0; i < std::min(all, affordable); ++i) {
    const int64_t which =
        all <= affordable ? i : static_cast<int64_t>(chance.below(static_cast<size_t>(all)));
    const int64_t column = which % level.columns();
    const int64_t row = which / level.columns();
    const auto tile = opened.source->read({index, static_cast<int>(column), static_cast<int>(row)});
    if (!tile) {
      checkSentence(tile.error().sentence, file);
      continue;
    }
    const Image& image = (*tile)->image;
    const bool fits =
        image.width == std::min(level.tile.width, level.size.width - column * level.tile.width) &&
        image.height == std::min(level.tile.height, level.size.height - row * level.tile.height) &&
        image.pixels.size() == static_cast<size_t>(image.width) * static_cast<size_t>(image.height);
    if (!fits) broken("a tile has the pixels of its place");
  }
}

void readAll(const std::filesystem::path& file, Chance& chance) {
  const Result<OpenedSlide> opened = openSlide(file);
  if (!opened) return checkSentence(opened.error().sentence, file);
  for (int i = 0; i < static_cast<int>(opened->slide->levels.size()); ++i)
    readLevel(*opened, i, file, chance);
  for (const AssociatedImage& image : opened->slide->associatedImages)
    if (const auto read = opened->source->readAssociatedImage(image.name); !read)
      checkSentence(read.error().sentence, file);
}

void tooLong(int) {
  constexpr char kWords[] = "a case takes longer than it may\n";
  (void)!write(STDERR_FILENO, kWords, sizeof kWords - 1);
  std::abort();
}

/// 0: as long as it takes.
void allow(unsigned processorSeconds, unsigned seconds) {
  const itimerval limit{{0, 0}, {static_cast<time_t>(processorSeconds), 0}};
  setitimer(ITIMER_PROF, &limit, nullptr);
  alarm(seconds);
}

struct Run {
  uint64_t seed;
  std::chrono::steady_clock::time_point end;
  std::filesystem::path file;
  uint64_t* number;  ///< of the case under way; outlives the process that runs it
};

/// Sanitizers have limits of their own, and need the address space.
void limitMemory() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  const rlimit limit{3ull << 30, 3ull << 30};
  setrlimit(RLIMIT_AS, &limit);
#endif
}

/// In a process of its own: a number of cases, until the time is over.
[[noreturn]] void runSome(const Run& run, const std::vector<FileBytes>& seeds) {
  std::signal(SIGALRM, tooLong);
  std::signal(SIGPROF, tooLong);
  limitMemory();
  for (int i = 0; i < kCasesAProcess && std::chrono::steady_clock::now() < run.end; ++i, ++*run.number) {
    Chance chance(run.seed, *run.number);
    FileBytes bytes = seeds[chance.below(seeds.size())];
    for (size_t left = 1 + chance.below(6); left > 0; --left) damage(bytes, chance);
    bytes.write(run.file);
    allow(kSecondsACase, kMostSecondsACase);
    readAll(run.file, chance);
    allow(0, 0);
  }
  std::exit(0);
}

}  // namespace

// No allocation needs more than the largest tile and what decodes it. OpenSlide tries to get as much as a
// directory asks for, and takes no for an answer; `new` does not.
extern "C" const char* __asan_default_options() {
  return "max_allocation_size_mb=1200:hard_rss_limit_mb=3000:allocator_may_return_null=1";
}
extern "C" const char* __ubsan_default_options() {
  return "halt_on_error=1:print_stacktrace=1";
}

int main(int count, char** words) {
  TIFFSetWarningHandler(nullptr);
  if (count > 1 && std::filesystem::is_regular_file(words[1])) {
    Chance chance(1, 0);
    readAll(words[1], chance);
    return 0;
  }
  const char* wish = count > 1 ? words[1] : std::getenv("GENEGLASS_FUZZ_SECONDS");
  const std::chrono::seconds time(wish ? std::atoi(wish) : 4);
  const uint64_t seed = count > 2 ? static_cast<uint64_t>(std::atoll(words[2])) : 1;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("slide_fuzz-{}", getpid());
  std::filesystem::create_directories(folder);
  std::vector<FileBytes> seeds = madeSeeds(folder);
  addDicomSeeds(folder, seeds);
  addCziSeeds(folder, seeds);
  addRealSeeds(seeds);
  void* shared = mmap(nullptr, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  const Run run{seed, std::chrono::steady_clock::now() + time, folder / "case.tif",
                static_cast<uint64_t*>(shared)};
  int found = 0;
  while (std::chrono::steady_clock::now() < run.end && found < 50) {
    const pid_t child = fork();
    if (child == 0) runSome(run, seeds);
    int status = 0;
    waitpid(child, &status, 0);
    if (status == 0) continue;
    const auto kept = testing::outputFolder() / fmt::format("fuzz-{}-{}.tif", seed, *run.number);
    std::filesystem::copy_file(run.file, kept, std::filesystem::copy_options::overwrite_existing);
    fmt::print(stderr, "case {} of seed {} failed (status {}): {}\n", *run.number, seed, status,
               kept.string());
    ++found;
    ++*run.number;
  }
  fmt::print("{} cases of seed {} from {} files, {} failed\n", *run.number, seed, seeds.size(), found);
  std::filesystem::remove_all(folder);
  return found > 0 ? 1 : 0;
}
