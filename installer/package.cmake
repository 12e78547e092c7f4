# The Debian packages: what they hold beside the programs, what they need, and the man pages, which are made from the help texts.
set(desktop ${PROJECT_SOURCE_DIR}/resources/desktop)
install(FILES ${desktop}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${desktop}/geneglass.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${desktop}/geneglass.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${desktop}/geneglass-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME geneglass.xml)
install(FILES ${desktop}/geneglass.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
        RENAME org.geneglass.Geneglass.metainfo.xml)

set(man ${PROJECT_BINARY_DIR}/man)
add_custom_target(man_pages DEPENDS geneglass geneglass-cli COMMENT "Making the man pages"
  COMMAND ${PROJECT_SOURCE_DIR}/installer/man-pages ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${man} ${PROJECT_VERSION})
install(DIRECTORY ${man}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL FILES_MATCHING PATTERN "*.1.gz")

set(CPACK_PACKAGE_NAME geneglass)
set(CPACK_PACKAGE_CONTACT "The Geneglass authors <geneglass@localhost>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_STRIP_FILES ON)

# Two packages: the program, which is every component without a name, and what plugins of others are built with.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL Unspecified sdk)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_NAME geneglass)
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_SECTION science)
set(CPACK_DEBIAN_UNSPECIFIED_DESCRIPTION "viewer of whole-slide images that predicts gene expression
Opens whole-slide images, predicts gene expression from the tissue, lays maps
and hotspots of each gene over the slide, each gene with its held-out
correlation, and exports annotated snapshots and reports. Trains and evaluates
such models. For research use only.")
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_SHLIBDEPS ON)
# What is loaded by name, which no library says: Qt's window on X11 and Wayland, the driver that draws without a card, letters.
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_DEPENDS "qt6-qpa-plugins, libgl1-mesa-dri, fonts-dejavu-core")
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_RECOMMENDS "qt6-wayland, qt6-translations-l10n")
set(CPACK_DEBIAN_SDK_PACKAGE_NAME geneglass-dev)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_SDK_DESCRIPTION "what overlays of your own for Geneglass are built with
Headers, a library of what overlays share, find_package(GeneglassOverlay) and
an example. An overlay runs with the version it was built for.")
set(CPACK_DEBIAN_SDK_PACKAGE_DEPENDS
    "geneglass (= ${PROJECT_VERSION}), cmake, make, g++, libexpected-dev, libfmt-dev, qt6-base-dev")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_OUTPUT_FILE_PREFIX ${PROJECT_BINARY_DIR})
include(CPack)
