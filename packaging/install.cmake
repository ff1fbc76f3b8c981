# What `cmake --install` puts where, and the .deb of it: cmake --build BUILD --target package.
set(doc ${CMAKE_INSTALL_DATADIR}/doc/calscope)

install(TARGETS calscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(DIRECTORY hardware_registry DESTINATION ${CMAKE_INSTALL_DATADIR}/calscope
        COMPONENT program)
install(FILES README.md packaging/copyright DESTINATION ${doc} COMPONENT program)
# Debian keeps the text of the licence elsewhere, and changes under a name of its own.
install(FILES CHANGELOG.md LICENSE DESTINATION ${doc} COMPONENT plain)

# Compressed without a time or a name: the same tree always gives the same bytes.
find_program(GZIP gzip)
function(install_compressed source name destination component)
  set(packed ${PROJECT_BINARY_DIR}/packed/${name}.gz)
  add_custom_command(OUTPUT ${packed} DEPENDS ${source}
                     COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/packed
                     COMMAND ${GZIP} -9nc ${source} > ${packed} VERBATIM)
  add_custom_target(packed_${name} ALL DEPENDS ${packed})
  install(FILES ${packed} DESTINATION ${destination} COMPONENT ${component})
endfunction()

install(FILES completions/calscope.bash RENAME calscope COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES completions/calscope.fish COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES completions/_calscope COMPONENT plain
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES completions/_calscope COMPONENT debian
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)

set(manual ${PROJECT_BINARY_DIR}/man/calscope.1)
if(GZIP AND TARGET manual)
  install_compressed(${manual} calscope.1 ${CMAKE_INSTALL_MANDIR}/man1 program)
  install_compressed(${PROJECT_SOURCE_DIR}/man/calscope-registry.5 calscope-registry.5
                     ${CMAKE_INSTALL_MANDIR}/man5 program)
  add_dependencies(packed_calscope.1 manual)
endif()
if(GZIP)
  install_compressed(${PROJECT_SOURCE_DIR}/CHANGELOG.md changelog ${doc} debian)
  install_compressed(${PROJECT_SOURCE_DIR}/packaging/changelog.Debian changelog.Debian ${doc} debian)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "calscope maintainers <maintainers@calscope.example>"
    CACHE STRING "Name and address in packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL program debian)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_NAME calscope)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A roofline model estimates how long an operation of a neural network takes
from its FLOPs, a theoretical peak, and the efficiency measured for that
operation at that size. calscope shows these curves in a terminal, refits
them, compares devices and power modes, moves breakpoints by hand, and saves
a change that is a few lines in a diff; commands do the same for scripts.")
include(CPack)
